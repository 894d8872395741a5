namespace RtpProxy.Watch.Live;

/// <summary>What a client is told: a status of HTTP, and a line of JSON that several may share.</summary>
internal sealed record Answer(int Status, byte[] Json);
