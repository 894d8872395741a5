using RtpProxy.Io.Net;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Hosting.Commands;

/// <summary>RTPproxy's control protocol as control sockets carry it: cookies, repeats, and what a connection may begin with.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RtppProtocol(ICommandProcessor processor) : IControlProtocol
{
    private const int NanosecondsPerMillisecond = 1_000_000;

    /// <summary>The clock of the reply cache.</summary>
    public static long NowMilliseconds => MonotonicClock.Now.Nanoseconds / NanosecondsPerMillisecond;

    public int MaxCommandLength => CommandLimits.MaxLength;

    /// <summary>One for all datagram sockets of the daemon.</summary>
    internal ReplyCache Cache { get; } = new();

    public void OnDatagram(ReadOnlySpan<byte> datagram, in RequestOrigin origin, IReplyTarget target)
    {
        if (!DatagramCommand.TrySplit(datagram, out DatagramCommand command))
        {
            // An empty command is answered E5, here without a cookie, and not remembered.
            processor.Execute(default, default, origin, target);
            return;
        }

        switch (Cache.Begin(command.Cookie, NowMilliseconds, out ReadOnlyMemory<byte> reply))
        {
            case CookieState.New:
                var remembered = new RememberedReply(Cache, command.Cookie.ToArray(), target);
                processor.Execute(command.Line, command.Cookie, origin, remembered);
                break;
            case CookieState.Answered:
                processor.CountRepeat();
                target.Reply(reply);
                break;
            case CookieState.InProgress:
                processor.CountRepeat();
                Cache.WhenAnswered(command.Cookie, target.Reply, () => target.GiveUp(defect: null));
                break;
        }
    }

    public ICommandStream OpenStream(in RequestOrigin origin, bool isGuarded) =>
        new RtppStream(processor, origin, isGuarded);

    /// <summary>Forgets replies that are too old to be repeated; only to save memory.</summary>
    public void SweepReplies() => Cache.Sweep(NowMilliseconds);
}
