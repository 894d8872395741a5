using System.Net;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>Copies of what one party sends, to another host (media rules, section 7.6).</summary>
/// <param name="Target">As it was written, for the log.</param>
/// <param name="Host">A name or an IPv4 address.</param>
/// <param name="Port">For the RTP; RTCP goes to the next one.</param>
/// <param name="Address">Set when the host is an address: nobody has to be asked.</param>
/// <param name="Fault">What is wrong with the target, a plain sentence for the log; null if nothing is.</param>
/// <param name="WantsPort">The port that copies come from shall be told, and its address even if a wildcard.</param>
public sealed record CopyToHostRequest(
    string CallId,
    SessionTags Tags,
    string Target,
    string Host,
    ushort Port,
    IPAddress? Address,
    string? Fault,
    bool WantsPort);
