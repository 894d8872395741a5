namespace RtpProxy.Controller.Relays;

/// <summary>Whether a node may be used.</summary>
public enum ProbeOutcome
{
    /// <summary>It speaks this protocol.</summary>
    Usable,

    /// <summary>It did not answer <c>V</c> or <c>VF 20050322</c>.</summary>
    NoReply,

    /// <summary>Its answer to <c>V</c> is not 20040107.</summary>
    WrongVersion,

    /// <summary>It denied 20050322, several streams in a call.</summary>
    TooOld,
}
