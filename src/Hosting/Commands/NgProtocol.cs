using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Net;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Lines;
using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.NgFront;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Hosting.Commands;

/// <summary>The ng protocol as control sockets carry it: cookies and repeats, over datagrams and connections alike.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="meter">Null where nobody asks for what it counts.</param>
internal sealed class NgProtocol(NgDesk desk, ErrandRouter router, WallClock clock, ILogger logger, CommandMeter? meter)
    : IControlProtocol, ICommandsUnderWay
{
    private int _underWay;

    public int UnderWay => Volatile.Read(ref _underWay);

    public int MaxCommandLength => NgLimits.MaxStreamMessage;

    /// <summary>One for all sockets; not that of RTPproxy's protocol, since cookies could be the same.</summary>
    internal ReplyCache Cache { get; } = new();

    public void OnDatagram(ReadOnlySpan<byte> datagram, in RequestOrigin origin, IReplyTarget target) =>
        OnMessage(datagram, origin.Controller, target);

    public ICommandStream OpenStream(in RequestOrigin origin, bool isGuarded) => new NgStream(this, origin.Controller);

    /// <summary>Starts a command before it returns, or repeats the answer of one; what has no cookie gets none.</summary>
    /// <param name="client">Who sent it; null where that is not known.</param>
    public void OnMessage(ReadOnlySpan<byte> bytes, IPAddress? client, IReplyTarget target)
    {
        if (!TrySplit(bytes, out NgMessage message))
        {
            target.GiveUp(defect: null);
            return;
        }

        switch (Cache.Begin(message.Cookie, RtppProtocol.NowMilliseconds, out ReadOnlyMemory<byte> reply))
        {
            case CookieState.New:
                Execute(bytes, message, client, target);
                break;
            case CookieState.Answered:
                target.Reply(reply);
                break;
            case CookieState.InProgress:
                Cache.WhenAnswered(message.Cookie, target.Reply, () => target.GiveUp(defect: null));
                break;
        }
    }

    /// <summary>Whether there is a cookie under which a message can be answered.</summary>
    public bool HasCookie(ReadOnlySpan<byte> bytes) => TrySplit(bytes, out _);

    /// <summary>Forgets replies that are too old to be repeated; only to save memory.</summary>
    public void SweepReplies() => Cache.Sweep(RtppProtocol.NowMilliseconds);

    private bool TrySplit(ReadOnlySpan<byte> bytes, out NgMessage message)
    {
        bool isSplit = NgMessage.TrySplit(bytes, out message);
        if (!isSplit && logger.IsEnabled(LogLevel.Debug))
        {
            Log.NgMessageWithoutCookie(logger, PeerText.Of(bytes));
        }

        return isSplit;
    }

    private void Execute(ReadOnlySpan<byte> bytes, in NgMessage message, IPAddress? client, IReplyTarget target)
    {
        target = new RememberedReply(Cache, message.Cookie.ToArray(), target);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            Log.CommandReceived(logger, PeerText.Of(bytes));
            target = new LoggedReply(target, logger);
        }

        Instant begun = meter is null ? default : MonotonicClock.Now;
        NgRun run;
        try
        {
            run = desk.Begin(message, clock.Microseconds(MonotonicClock.Now), client);
        }
#pragma warning disable CA1031 // Reported where the reply is awaited, like a defect of a later step.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            target.GiveUp(defect);
            return;
        }

        Interlocked.Increment(ref _underWay);
        router.Carry(run, new NgEnd(this, run, target, meter, begun));
    }

    /// <summary>The reply of a command has been given.</summary>
    internal void OnEnded() => Interlocked.Decrement(ref _underWay);
}
