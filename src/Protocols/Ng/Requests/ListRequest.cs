namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>list</c> (ng protocol, 3.6).</summary>
/// <param name="Limit">How many call-ids at most; 0 or more.</param>
public sealed record ListRequest(int Limit) : NgRequest
{
    /// <summary>Without <c>limit</c>: as many as a datagram surely holds.</summary>
    public const int DefaultLimit = 32;
}
