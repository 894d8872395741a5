using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront;

/// <summary>What a handler may need beside its command.</summary>
/// <param name="Now">Microseconds since the UNIX epoch.</param>
/// <param name="Mark">By which this process knows descriptions that it has written (ng protocol).</param>
internal readonly record struct NgSetting(RelayOperations Relay, NgSettings Settings, long Now, string Mark);
