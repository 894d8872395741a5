using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>Files of a given name for what one party sends.</summary>
/// <param name="Name">Below the recording directory.</param>
/// <param name="IsSingle">One file for both parties and for RTCP; has no effect unless recordings are pcap.</param>
/// <param name="Fault">Why no file can be meant by the name, a plain sentence for the log; null if one may be.</param>
/// <param name="WantsPort">The port that copies come from shall be told; a file has none.</param>
public sealed record CopyToFileRequest(string CallId, SessionTags Tags, string Name, bool IsSingle, string? Fault, bool WantsPort);
