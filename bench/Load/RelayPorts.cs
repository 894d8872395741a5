namespace RtpProxy.Load;

/// <summary>Where the two parties of a session send to.</summary>
internal readonly record struct RelayPorts(int ForCaller, int ForCallee);
