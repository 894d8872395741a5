using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary><c>C name</c>: one party's media goes to files of a given name (control protocol, section 3.11).</summary>
internal sealed class CopyToFileSteps(CopyCommand command, CommandContext context) : ICommandSteps
{
    private readonly RecordingPlan _plan = new(context);
    private bool _isPlanned;

    public Step First => Step.On(context.WorkerOf(command.Call));

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        if (_isPlanned)
        {
            return Attach(worker, ref reply);
        }

        _isPlanned = true;
        if (worker.Sessions.Find(command.Call, CommandTags.Of(command, command.FromTag, command.ToTag), out TagMatch match) is not { } session)
        {
            return Step.Fail(ref reply, ErrorCode.UnknownSession);
        }

        if (command.ReportPort)
        {
            return Step.Fail(ref reply, ErrorCode.Copy); // a file has no port
        }

        if (CopyTarget.ExplainDoubt(command.Target) is { } doubt)
        {
            worker.World.Events.On(new RelayEvent.RecordingFailed(command.Call, doubt));
            return Step.Fail(ref reply, ErrorCode.Copy);
        }

        Leg party = session.PartyOf(match);
        var mode = RecordingMode.Of(worker, command.Call, context.Options, command.SingleFile);
        if (party.IsRecorded || party.PendingRecording is not null)
        {
            RecordingPlan.TellRecordedAlready(worker, session, command.Target);
            return mode.IsSingle ? Step.Fail(ref reply, ErrorCode.Copy) : Step.Ok(ref reply);
        }

        if (!_plan.TryAdd(worker, party, RecordingNames.Given(command.Target, mode.IsSingle), mode))
        {
            return Step.Fail(ref reply, ErrorCode.Copy);
        }

        return _plan.NeedsFiles ? Step.OffWorker : Attach(worker, ref reply);
    }

    public Step OffWorker(ref ReplyWriter reply)
    {
        _plan.Open();
        return Step.On(context.WorkerOf(command.Call));
    }

    private Step Attach(RelayWorker worker, ref ReplyWriter reply) =>
        _plan.Attach(worker) > 0 ? Step.Ok(ref reply) : Step.Fail(ref reply, ErrorCode.Copy);
}
