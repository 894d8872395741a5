using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Protocols.Rtpp.SubCommands;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary><c>L</c>: the answer to an offer; never makes a session (control protocol, sections 3.3 and 6.1).</summary>
internal sealed class LookupSteps(LookupCommand command, CommandContext context) : ICommandSteps
{
    public Step First => Step.On(context.WorkerOf(command.Call));

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        if (worker.Sessions.Find(command.Call, command.FromTag, command.ToTag, out TagMatch match) is not { } session)
        {
            reply.WriteOk(); // a plain zero where a port would be: part of the protocol
            return Step.NothingFound;
        }

        // A late offer with one tag twice: whoever has another tag answers it, in whatever order the tags come.
        bool isAnswerOfFromTag = match == TagMatch.Reverse && session.IsOfferedToNobody;
        string? answeredTag = match == TagMatch.Reverse ? command.FromTag : command.ToTag;
        match = isAnswerOfFromTag ? TagMatch.Forward : match;

        // The from-tag's party offered, so the one that speaks now is the other.
        Leg answered = session.PartyOf(match);
        Leg speaker = session.Opposite(answered);
        LegModifiers modifiers = command.Modifiers ?? LegModifiers.None;
        if (!HasRoom(reply, LegChange.AddressFor(answered, modifiers, context), command.SubCommands))
        {
            return Step.Fail(ref reply, ErrorCode.InfoReplyTooLong);
        }

        if (!TryAnswer(worker, answered, modifiers, command.Remote, now, context))
        {
            return Step.Fail(ref reply, ErrorCode.LegPorts);
        }

        LegChange.Name(speaker, answeredTag, answeredTag);
        worker.World.Events.On(new RelayEvent.SessionUpdated(session));
        reply.WritePort(answered.PortNumber, answered.Local);
        new SubCommandRun(worker, session, speaker, now, context).Run(command.SubCommands, ref reply);
        reply.EndLine();
        return reply.IsOverflowed ? Step.Fail(ref reply, ErrorCode.InfoReplyTooLong) : Step.Done;
    }

    /// <summary>
    /// Whether the port can be told behind the cookie, and that a sub-command failed if there are any. Asked before anything
    /// is changed: of a change that is answered with an error nobody would know.
    /// </summary>
    public static bool HasRoom(in ReplyWriter reply, LocalAddress address, IReadOnlyList<SubCommand> subCommands) =>
        ReplyWriter.PortLength(address) + (subCommands.Count > 0 ? SubCommandResults.FailureLength : 0) <= reply.Room;

    /// <summary>Carries the answer out; false, with nothing changed, when the leg can have no port.</summary>
    public static bool TryAnswer(
        RelayWorker worker, Leg answered, LegModifiers modifiers, RemoteMedia remote, Instant now, CommandContext context)
    {
        if (!LegChange.TryPreparePort(worker, answered, modifiers, now, context))
        {
            return false;
        }

        if (modifiers.Weak)
        {
            answered.IsWeak = true;
        }

        Session session = answered.Session;
        session.RestartTimers();
        LegChange.Apply(worker, session.Opposite(answered), modifiers, remote, now);
        return true;
    }
}
