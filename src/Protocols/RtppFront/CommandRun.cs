using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>One command on its way: its operation, which the host carries around, and at the end its reply.</summary>
/// <remarks>Touched by one thread at a time; the host's queues order the visits.</remarks>
public sealed class CommandRun : IErrand
{
    private readonly byte[] _buffer = new byte[ReplyLimits.MaxLength];
    private readonly byte[] _cookie;
    private readonly CommandCounters _counters;
    private readonly ICommandHandler _handler;
    private readonly Operation? _operation;

    internal CommandRun(ReadOnlySpan<byte> cookie, CommandCounters counters, ICommandHandler handler)
    {
        _cookie = cookie.ToArray();
        _counters = counters;
        _handler = handler;
        _operation = handler.Operation;
        ReplyIfFinished();
    }

    public OperationPlace Next => _operation?.Next ?? OperationPlace.Finished;

    /// <summary>The worker to visit when <see cref="Next"/> is <see cref="OperationPlace.OnWorker"/>.</summary>
    public int Worker => _operation?.Worker ?? -1;

    /// <summary>The whole reply, cookie and LF included; valid when finished.</summary>
    public ReadOnlyMemory<byte> Reply { get; private set; }

    /// <inheritdoc cref="Operation.RunOnWorker"/>
    public void RunOnWorker(RelayWorker worker, Instant now)
    {
        _operation!.RunOnWorker(worker, now);
        ReplyIfFinished();
    }

    /// <inheritdoc cref="Operation.RunOffWorker"/>
    public void RunOffWorker() => _operation!.RunOffWorker();

    private void ReplyIfFinished()
    {
        if (Next != OperationPlace.Finished)
        {
            return;
        }

        var reply = new ReplyWriter(_buffer, _cookie);
        bool isError = _handler.Write(ref reply);
        Reply = _buffer.AsMemory(0, reply.Written.Length);
        _counters.CountReply(isError);
    }
}
