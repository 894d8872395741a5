using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary><c>R</c>: a party's media, on every media line that the tags select, goes to files (control protocol, section 3.11).</summary>
internal sealed class RecordSteps(RecordCommand command, CommandContext context) : ICommandSteps
{
    private readonly RecordingPlan _plan = new(context);
    private bool _isPlanned;
    private int _recorded;

    public Step First => Step.On(context.WorkerOf(command.Call));

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        if (!_isPlanned)
        {
            Plan(worker);
            if (_plan.NeedsFiles)
            {
                return Step.OffWorker;
            }
        }

        _recorded += _plan.Attach(worker);
        return _recorded > 0 ? Step.Ok(ref reply) : Step.Fail(ref reply, ErrorCode.UnknownSession);
    }

    public Step OffWorker(ref ReplyWriter reply)
    {
        _plan.Open();
        return Step.On(context.WorkerOf(command.Call));
    }

    private void Plan(RelayWorker worker)
    {
        _isPlanned = true;
        var mode = RecordingMode.Of(worker, command.Call, context.Options, command.SingleFile);
        CommandTags tags = CommandTags.Of(command, command.FromTag, command.ToTag);
        foreach ((Session session, TagMatch match) in worker.Sessions.Select(command.Call, tags))
        {
            Leg party = session.PartyOf(match);
            if (party.IsRecorded || party.PendingRecording is not null)
            {
                _recorded += mode.IsSingle ? 0 : 1; // a second time: good for separate files, refused for a single one
            }
            else
            {
                _plan.TryAdd(worker, party, RecordingNames.Derive(party, mode.IsSingle), mode);
            }
        }
    }
}
