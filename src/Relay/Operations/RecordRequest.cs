using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>Files for what one party sends.</summary>
/// <param name="IsSingle">One file for both parties and for RTCP; has no effect unless recordings are pcap.</param>
public sealed record RecordRequest(string CallId, SessionTags Tags, bool IsSingle);
