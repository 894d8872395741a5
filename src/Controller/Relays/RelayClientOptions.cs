using System.Net;

namespace RtpProxy.Controller.Relays;

/// <summary>How patiently one node is asked. Immutable; the defaults are those of the module.</summary>
public sealed record RelayClientOptions
{
    public static RelayClientOptions Default { get; } = new();

    /// <summary>
    /// <c>rtpproxy_tout</c>: how long a reply is awaited. Over UDP for each transmission; on the other transports once,
    /// connecting included. The first call that finds a node silent waits this long, times
    /// <see cref="Transmissions"/>.
    /// </summary>
    public TimeSpan ReplyTimeout
    {
        get;
        init => field = Durations.Positive(value);
    } = TimeSpan.FromSeconds(1);

    /// <summary><c>rtpproxy_retr</c>: how many times in all a datagram is sent. The other transports send once.</summary>
    public int Transmissions
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "expected 1 or more transmissions");
    } = 5;

    /// <summary>Commands that may await their replies at the same time; more wait for their turn, at most one reply timeout.</summary>
    public int MaxInFlight
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "expected 1 or more commands");
    } = 256;

    /// <summary>
    /// The breaker of datagram transports: so many commands in a row that each waited a whole <see cref="ReplyTimeout"/>,
    /// with nothing heard from the node meanwhile, end the waiting of all. One caller alone still gets every transmission.
    /// </summary>
    public int SilentCommandsUntilGivenUp
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "expected 1 or more commands");
    } = 3;

    /// <summary><c>force_socket</c>: the local address of UDP control sockets; null lets the system choose.</summary>
    public IPEndPoint? LocalSocket { get; init; }
}
