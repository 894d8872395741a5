namespace RtpProxy.Relay.Operations;

/// <summary>Who is told when the session times out, and what (control protocol, section 7).</summary>
/// <param name="Socket">Its name, as the controller wrote it.</param>
/// <param name="Tag">Any bytes; they are sent back as they are.</param>
public sealed record NoticeRequest(string Socket, byte[] Tag);
