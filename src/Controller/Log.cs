using Microsoft.Extensions.Logging;
using RtpProxy.Controller.Offers;
using RtpProxy.Lines;

namespace RtpProxy.Controller;

/// <summary>What the library tells a log: decisions, a line each. Peers' and relays' texts are <see cref="PeerText"/>.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{Action} of {CallId} not relayed (relay: {Relay}): {Reason}")]
    public static partial void NotRelayed(ILogger logger, MediaAction action, PeerText callId, string relay, PeerText reason);

    [LoggerMessage(2, LogLevel.Information, "{CallId} goes to another relay than {Relay}: {Reason}")]
    public static partial void PassedOver(ILogger logger, PeerText callId, string relay, PeerText reason);

    [LoggerMessage(3, LogLevel.Warning, "{CallId} goes on at {Relay}: the relay that had its offer is gone, or has started anew")]
    public static partial void Moved(ILogger logger, PeerText callId, string relay);

    [LoggerMessage(10, LogLevel.Information, "relay {Relay} is up")]
    public static partial void NodeUp(ILogger logger, string relay);

    [LoggerMessage(11, LogLevel.Warning, "relay {Relay} is down: {Reason}")]
    public static partial void NodeDown(ILogger logger, string relay, PeerText reason);

    [LoggerMessage(12, LogLevel.Information, "relay {Relay} takes no new calls for a while: it is full, or drains")]
    public static partial void NodeResting(ILogger logger, string relay);

    [LoggerMessage(13, LogLevel.Error, "a handler of a change of relay {Relay} failed")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string relay);
}
