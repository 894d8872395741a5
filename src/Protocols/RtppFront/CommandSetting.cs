using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>What a handler may need beside its command.</summary>
/// <param name="CookieLength">Of the cookie that begins the reply, 0 on streams.</param>
/// <param name="Addresses">The daemon's own addresses, as far as the command names them.</param>
internal readonly record struct CommandSetting(
    RelayOperations Relay, CommandCounters Counters, AddressAnswers Addresses, RequestOrigin Origin, int CookieLength);
