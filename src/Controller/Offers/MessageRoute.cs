namespace RtpProxy.Controller.Offers;

/// <summary>At which point of its processing a message is shown to <see cref="CallMedia"/>.</summary>
public enum MessageRoute
{
    /// <summary>A request or a reply as it passes.</summary>
    Main,

    /// <summary>The request of a transaction whose final reply is negative (the module's failure route).</summary>
    Failure,

    /// <summary>The request of one branch that failed while others may still succeed.</summary>
    BranchFailure,
}
