using System.Text;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>One command on its way: its operation, which the host carries around, and at the end its reply.</summary>
/// <remarks>Touched by one thread at a time; the host's queues order the visits.</remarks>
public sealed class CommandRun : IErrand
{
    private const int MaxErrorLength = 4; // E123

    private readonly byte[] _buffer = new byte[ReplyLimits.MaxLength];
    private readonly byte[] _cookie;
    private readonly CommandCounters _counters;
    private readonly ICommandHandler _handler;
    private readonly Operation? _operation;
    private bool _isError;

    internal CommandRun(ReadOnlySpan<byte> cookie, CommandCounters counters, ICommandHandler handler, string name)
    {
        Name = name;
        _cookie = cookie.ToArray();
        _counters = counters;
        _handler = handler;
        _operation = handler.Operation;
        ReplyIfFinished();
    }

    public OperationPlace Next => _operation?.Next ?? OperationPlace.Finished;

    /// <summary>The worker to visit when <see cref="Next"/> is <see cref="OperationPlace.OnWorker"/>.</summary>
    public int Worker => _operation?.Worker ?? -1;

    /// <summary>What the command is, in a word of ours: <see cref="CommandNames"/>.</summary>
    public string Name { get; }

    /// <summary>When finished: <c>ok</c>, or the error that the reply tells, as <c>E8</c>; <c>0</c> is one where a port is looked up.</summary>
    public string Result
    {
        get
        {
            ReadOnlySpan<byte> told = Reply.Span[(_cookie.Length == 0 ? 0 : _cookie.Length + 1)..];
            int end = told.IndexOf((byte)'\n');
            return _isError && end is > 0 and <= MaxErrorLength ? Encoding.ASCII.GetString(told[..end]) : "ok";
        }
    }

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
        _isError = _handler.Write(ref reply);
        Reply = _buffer.AsMemory(0, reply.Written.Length);
        _counters.CountReply(_isError);
    }
}
