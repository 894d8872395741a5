namespace RtpProxy.Controller.Relays;

/// <summary>A relay has gone down, or has come up.</summary>
/// <param name="url">The address as configured.</param>
/// <param name="reason">Why it is down, in a clause for a person; empty when it is up.</param>
public sealed class RelayNodeEventArgs(string url, string reason) : EventArgs
{
    /// <summary>The address as configured.</summary>
    public string Url => url;

    /// <summary>Why it is down, in a clause for a person; empty when it is up.</summary>
    public string Reason => reason;
}
