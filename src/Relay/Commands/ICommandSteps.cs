using RtpProxy.Protocols.Rtpp.Replies;

namespace RtpProxy.Relay.Commands;

/// <summary>
/// How one kind of command is carried out: a step for each place it has to visit. The step that finishes writes the
/// whole reply.
/// </summary>
internal interface ICommandSteps
{
    Step First { get; }

    /// <summary>On the thread of <paramref name="worker"/>; must not block.</summary>
    Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply);

    /// <summary>On a thread that may block; touches no session. Only for commands that ask for it.</summary>
    Step OffWorker(ref ReplyWriter reply) => throw new System.Diagnostics.UnreachableException();
}
