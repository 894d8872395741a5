namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>A command on one call.</summary>
/// <param name="CallId">Up to 255 bytes, one to one; may be empty.</param>
public abstract record CallRequest(string CallId) : NgRequest
{
    /// <summary>What to answer when there is no such call; the spelling depends on the command (ng protocol, 3.1).</summary>
    public virtual string UnknownCall => NgErrors.UnknownCallIdOfMedia;

    /// <summary>
    /// Why what is asked cannot be done, the text to answer; null when it can. It is asked once the call has been found: an
    /// unknown call is the error that comes first.
    /// </summary>
    public virtual string? FindRefusal() => null;
}
