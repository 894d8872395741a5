using RtpProxy.Protocols.Rtpp.Replies;

namespace RtpProxy.Relay.Commands;

/// <summary>
/// One command on its way: a small state machine that visits the worker that owns the call (or all of them), and where
/// a file or a name is needed a thread that may block, until its reply is ready. The host only carries it around:
/// <code>
/// while (run.Next != RunStep.Finished)
///     run.Next == RunStep.OnWorker ? post to worker run.Worker: run.RunOnWorker(worker, now) : run.RunOffWorker();
/// send run.Reply
/// </code>
/// </summary>
/// <remarks>Touched by one thread at a time; the host's queues order the visits.</remarks>
public sealed class CommandRun
{
    private readonly byte[] _buffer = new byte[ReplyLimits.MaxLength];
    private readonly byte[] _cookie;
    private readonly CommandCounters _counters;
    private readonly ICommandSteps? _steps;

    internal CommandRun(ReadOnlySpan<byte> cookie, CommandCounters counters, ICommandSteps steps)
    {
        _cookie = cookie.ToArray();
        _counters = counters;
        _steps = steps;
        Next = steps.First.Next;
        Worker = steps.First.Worker;
    }

    /// <summary>A command that is answered without going anywhere.</summary>
    internal CommandRun(ReadOnlySpan<byte> cookie, CommandCounters counters, ImmediateReply answer)
    {
        _cookie = cookie.ToArray();
        _counters = counters;
        var reply = new ReplyWriter(_buffer, _cookie);
        Finish(answer(ref reply), reply);
    }

    /// <summary>Writes a reply at once.</summary>
    internal delegate Step ImmediateReply(ref ReplyWriter reply);

    public RunStep Next { get; private set; }

    /// <summary>The worker to visit when <see cref="Next"/> is <see cref="RunStep.OnWorker"/>.</summary>
    public int Worker { get; private set; }

    /// <summary>The whole reply, cookie and LF included; valid when finished.</summary>
    public ReadOnlyMemory<byte> Reply { get; private set; }

    /// <summary>Does this step on the worker's thread.</summary>
    public void RunOnWorker(RelayWorker worker, Instant now)
    {
        var reply = new ReplyWriter(_buffer, _cookie);
        Finish(_steps!.OnWorker(worker, now, ref reply), reply);
    }

    /// <summary>Does this step on a thread that may block.</summary>
    public void RunOffWorker()
    {
        var reply = new ReplyWriter(_buffer, _cookie);
        Finish(_steps!.OffWorker(ref reply), reply);
    }

    private void Finish(Step step, scoped ReplyWriter reply)
    {
        Next = step.Next;
        Worker = step.Worker;
        if (step.Next == RunStep.Finished)
        {
            Reply = _buffer.AsMemory(0, reply.Written.Length);
            _counters.CountReply(step.IsError);
        }
    }
}
