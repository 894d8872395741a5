using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Replies;

namespace RtpProxy.Relay.Commands;

/// <summary>What a step of a command decided: where to go next, or that it is over and how.</summary>
/// <param name="Next">Where to go.</param>
/// <param name="Worker">Which worker, if to one.</param>
/// <param name="IsError">When finished: the reply is an error, or tells that nothing was found.</param>
internal readonly record struct Step(RunStep Next, int Worker = -1, bool IsError = false)
{
    public static Step OffWorker => new(RunStep.OffWorker);

    public static Step LookUp => new(RunStep.LookingUp);

    /// <summary>The reply is in the writer.</summary>
    public static Step Done => new(RunStep.Finished);

    /// <summary>The reply is in the writer, and counts as a failure.</summary>
    public static Step NothingFound => new(RunStep.Finished, IsError: true);

    public static Step On(int worker) => new(RunStep.OnWorker, worker);

    /// <summary>For a command that visits all workers in turn, beginning with the first; null after the last.</summary>
    public static Step? OnNext(RelayWorker visited, CommandContext context) =>
        visited.Index + 1 < context.WorkerCount ? On(visited.Index + 1) : null;

    public static Step Ok(ref ReplyWriter reply)
    {
        reply.WriteOk();
        return Done;
    }

    public static Step Fail(ref ReplyWriter reply, ErrorCode error)
    {
        reply.WriteError(error);
        return new Step(RunStep.Finished, IsError: true);
    }
}
