using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Lines;

namespace RtpProxy.SipEdge;

/// <summary>Everything that the proxy logs. Text of peers is cut and escaped by <see cref="PeerText"/> before it comes here.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "listening on {Transport} {Local}, known as {Name}")]
    public static partial void Listening(ILogger logger, string transport, IPEndPoint local, string name);

    [LoggerMessage(2, LogLevel.Information, "media is anchored by {Count} relays: {Relays}")]
    public static partial void Relays(ILogger logger, int count, string relays);

    [LoggerMessage(3, LogLevel.Information, "media is anchored by a relay in this process: {Relay}")]
    public static partial void InProcessRelay(ILogger logger, string relay);

    [LoggerMessage(4, LogLevel.Information, "management on http://{Local}/")]
    public static partial void Management(ILogger logger, IPEndPoint local);

    [LoggerMessage(5, LogLevel.Information, "configuration reloaded from {Path}")]
    public static partial void Reloaded(ILogger logger, string path);

    [LoggerMessage(6, LogLevel.Error, "configuration not reloaded, the present one stays in force: {Problem}")]
    public static partial void ReloadFailed(ILogger logger, string problem);

    [LoggerMessage(7, LogLevel.Warning, "the key '{Key}' has changed; that needs a restart, the present value stays in force")]
    public static partial void NeedsRestart(ILogger logger, string key);

    [LoggerMessage(8, LogLevel.Information, "ending on {Signal}")]
    public static partial void Ending(ILogger logger, string signal);

    [LoggerMessage(20, LogLevel.Debug, "dropped {Length} bytes from {Source}: {Problem}")]
    public static partial void Unreadable(ILogger logger, int length, IPEndPoint source, string problem);

    [LoggerMessage(21, LogLevel.Information, "{Method} of {CallId} from {Source} refused with {Status}: {Problem}")]
    public static partial void Refused(ILogger logger, string method, string callId, IPEndPoint source, int status, string problem);

    [LoggerMessage(22, LogLevel.Debug, "dropped a response of {CallId} from {Source}: {Problem}")]
    public static partial void ResponseDropped(ILogger logger, string callId, IPEndPoint source, string problem);

    [LoggerMessage(23, LogLevel.Debug, "{Method} of {CallId} goes to {Target}")]
    public static partial void Forwarding(ILogger logger, string method, string callId, IPEndPoint target);

    [LoggerMessage(24, LogLevel.Information, "{User} has registered {Contact} from {Source} over {Transport} for {Seconds} s")]
    public static partial void Registered(ILogger logger, string user, string contact, IPEndPoint source, string transport, int seconds);

    [LoggerMessage(25, LogLevel.Information, "{User} has taken back {Contact}")]
    public static partial void Unregistered(ILogger logger, string user, string contact);

    [LoggerMessage(26, LogLevel.Information, "{User} has not registered {Contact} again in time")]
    public static partial void Expired(ILogger logger, string user, string contact);

    [LoggerMessage(27, LogLevel.Information, "call {CallId}: {Caller} at {Source} calls {Callee} at {Target}")]
    public static partial void Call(ILogger logger, string callId, string caller, IPEndPoint source, string callee, IPEndPoint target);

    [LoggerMessage(28, LogLevel.Information, "call {CallId} is answered with {Status}")]
    public static partial void CallAnswered(ILogger logger, string callId, int status);

    [LoggerMessage(29, LogLevel.Information, "call {CallId} is ended from {Source}")]
    public static partial void CallEnded(ILogger logger, string callId, IPEndPoint source);

    [LoggerMessage(33, LogLevel.Warning, "{Method} of {Name} from {Source} with a wrong password, or of nobody known")]
    public static partial void WrongPassword(ILogger logger, string method, string name, IPEndPoint source);

    [LoggerMessage(34, LogLevel.Warning, "{Path} holds passwords and can be read by everybody on this machine")]
    public static partial void ReadableByAll(ILogger logger, string path);

    [LoggerMessage(35, LogLevel.Warning, "nobody is asked for a password, also not on {Local}: whoever reaches it may register and call")]
    public static partial void OpenToAll(ILogger logger, IPEndPoint local);

    [LoggerMessage(30, LogLevel.Warning, "{Action} for {CallId} failed: {Problem}")]
    public static partial void MediaFailed(ILogger logger, string action, string callId, string problem);

    [LoggerMessage(31, LogLevel.Information, "media of {CallId} has ended without a BYE, says {Relay}")]
    public static partial void MediaTimedOut(ILogger logger, string callId, string relay);

    [LoggerMessage(32, LogLevel.Information, "relay {Url} switched {State} by hand")]
    public static partial void RelaySwitched(ILogger logger, string url, string state);

    [LoggerMessage(40, LogLevel.Error, "a defect of ours stopped the handling of {What}")]
    public static partial void Fault(ILogger logger, Exception exception, string what);
}
