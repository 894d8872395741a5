using System.Net;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Commands;

/// <summary>
/// <c>C udp:host:port</c>: one party's media is also sent elsewhere (control protocol, section 3.11). A name is resolved off
/// the worker, between two visits.
/// </summary>
internal sealed class CopyToHostSteps(CopyCommand command, CommandContext context) : ICommandSteps
{
    private readonly bool _withRtcp = !context.Options.SkipRtcpRecording;
    private SessionId? _session;
    private PendingId _pending;
    private Side _party;
    private CopyTarget _target;
    private IPAddress? _address;

    public Step First => Step.On(context.WorkerOf(command.Call));

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply) =>
        _session is { } session ? Start(worker, worker.Sessions.Find(session), ref reply) : Prepare(worker, ref reply);

    public Step OffWorker(ref ReplyWriter reply)
    {
        _address = context.Names.ResolveIPv4(_target.Host);
        return Step.On(context.WorkerOf(command.Call));
    }

    private Step Prepare(RelayWorker worker, ref ReplyWriter reply)
    {
        if (worker.Sessions.Find(command.Call, CommandTags.Of(command, command.FromTag, command.ToTag), out TagMatch match) is not { } session)
        {
            return Step.Fail(ref reply, ErrorCode.UnknownSession);
        }

        if (!CopyTarget.TryParse(command.Target, _withRtcp, out _target, out string error))
        {
            return Fail(worker, error, ref reply);
        }

        Leg party = session.PartyOf(match);
        if (!party.IsRecorded && party.PendingRecording is null)
        {
            party.PendingRecording = _pending = worker.World.Pending.Begin();
        }
        else
        {
            RecordingPlan.TellRecordedAlready(worker, session, command.Target);
            if (!command.ReportPort)
            {
                return Step.Ok(ref reply);
            }
        }

        _session = session.Id;
        _party = party.Side;
        _address = _target.Address;
        return _address is null ? Step.LookUp : Start(worker, session, ref reply);
    }

    private Step Start(RelayWorker worker, Session? session, ref ReplyWriter reply)
    {
        worker.World.Pending.End(_pending);
        if (session is null)
        {
            return Step.Fail(ref reply, ErrorCode.Copy);
        }

        Leg party = session[_party];
        bool isCurrent = party.PendingRecording == _pending;
        if (isCurrent)
        {
            party.PendingRecording = null;
        }
        else if (!command.ReportPort)
        {
            return Step.Ok(ref reply); // stopped again while the name was being resolved
        }

        if (_address is null)
        {
            return Fail(worker, $"the host '{_target.Host}' of the remote recording target has no IPv4 address", ref reply);
        }

        var target = Endpoint.From(_address, _target.Port);
        if (!worker.Destinations.BelieveCopy(party, target, _withRtcp, out AddressBelief belief))
        {
            return Fail(worker, $"no copies go to {target}, which is {belief.Explain()}", ref reply);
        }

        PortOpening opening = worker.World.Ports.TryOpenToward(target, out PortPair ports, out LocalAddress local);
        if (opening != PortOpening.Opened)
        {
            return Fail(worker, $"no local ports for the remote recording target: {opening}", ref reply);
        }

        if (command.ReportPort && ReplyWriter.PortAndAddressLength(local) > reply.Room)
        {
            worker.World.Ports.Close(ports);
            return Fail(worker, "the reply with the port of the copy does not fit behind its cookie", ref reply);
        }

        if (isCurrent)
        {
            worker.Copies.Start(party, ports, target, _withRtcp);
        }
        else
        {
            worker.World.Ports.Close(ports); // recorded already: the port is only told
        }

        if (!command.ReportPort)
        {
            return Step.Ok(ref reply);
        }

        reply.WritePortAndAddress(ports.Number, local);
        reply.EndLine();
        return Step.Done;
    }

    private Step Fail(RelayWorker worker, string reason, ref ReplyWriter reply)
    {
        worker.World.Events.On(new RelayEvent.RecordingFailed(command.Call, reason));
        return Step.Fail(ref reply, ErrorCode.Copy);
    }
}
