using System.Net;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Operations;

/// <summary>
/// One party's media is also sent elsewhere (control protocol, section 3.11). A name is resolved off the worker, between two
/// visits.
/// </summary>
public sealed class CopyToHostOperation : Operation
{
    private readonly CopyToHostRequest _request;
    private readonly IPortRoom _room;
    private readonly OperationContext _context;
    private readonly bool _withRtcp;
    private SessionId _session;
    private PendingId _pending;
    private Side _party;
    private IPAddress? _address;

    internal CopyToHostOperation(CopyToHostRequest request, IPortRoom room, OperationContext context)
    {
        _request = request;
        _room = room;
        _context = context;
        _withRtcp = !context.Options.SkipRtcpRecording;
        BeginAt(Step.On(Owner, Prepare));
    }

    /// <summary>Where copies come from; null unless it was asked for.</summary>
    public AnsweredPort? Port { get; private set; }

    private int Owner => _context.WorkerOf(_request.CallId);

    private Step Prepare(RelayWorker worker, Instant now)
    {
        if (worker.Sessions.Find(_request.CallId, _request.Tags, out TagMatch match) is not { } session)
        {
            return Step.Refused(Refusal.UnknownSession);
        }

        if (_request.Fault is { } fault)
        {
            return Fail(worker, fault);
        }

        Leg party = session.PartyOf(match);
        if (!party.IsRecorded && party.PendingRecording is null)
        {
            party.PendingRecording = _pending = worker.World.Pending.Begin();
        }
        else
        {
            RecordingPlan.TellRecordedAlready(worker, session, _request.Target);
            if (!_request.WantsPort)
            {
                return Step.Done;
            }
        }

        _session = session.Id;
        _party = party.Side;
        _address = _request.Address;
        return _address is null ? Step.LookUp(Resolve, Owner, then: Start) : Start(worker, now);
    }

    private void Resolve() => _address = _context.Names.ResolveIPv4(_request.Host);

    private Step Start(RelayWorker worker, Instant now)
    {
        worker.World.Pending.End(_pending);
        if (worker.Sessions.FindAgain(_session) is not { } session)
        {
            return Step.Refused(Refusal.NoCopy);
        }

        Leg party = session[_party];
        bool isCurrent = party.PendingRecording == _pending;
        if (isCurrent)
        {
            party.PendingRecording = null;
        }
        else if (!_request.WantsPort)
        {
            return Step.Done; // stopped again while the name was being resolved
        }

        if (_address is null)
        {
            return Fail(worker, $"the host '{_request.Host}' of the remote recording target has no IPv4 address");
        }

        var target = Endpoint.From(_address, _request.Port);
        if (!worker.Destinations.BelieveCopy(party, target, _withRtcp, out AddressBelief belief))
        {
            return Fail(worker, $"no copies go to {target}, which is {belief.Explain()}");
        }

        PortOpening opening = worker.World.Ports.TryOpenToward(target, out PortPair ports, out LocalAddress local);
        if (opening != PortOpening.Opened)
        {
            return Fail(worker, $"no local ports for the remote recording target: {opening}");
        }

        if (_request.WantsPort && !_room.HasRoomFor(local, isFollowed: false))
        {
            worker.World.Ports.Close(ports);
            return Fail(worker, "the reply with the port of the copy does not fit behind its cookie");
        }

        if (isCurrent)
        {
            worker.Copies.Start(party, ports, Endpoint.From(local.Address, 0), target, _withRtcp);
        }
        else
        {
            worker.World.Ports.Close(ports); // recorded already: the port is only told
        }

        Port = _request.WantsPort ? new AnsweredPort(ports.Number, local) : null;
        return Step.Done;
    }

    private Step Fail(RelayWorker worker, string reason)
    {
        worker.World.Events.On(new RelayEvent.RecordingFailed(_request.CallId, reason));
        return Step.Refused(Refusal.NoCopy);
    }
}
