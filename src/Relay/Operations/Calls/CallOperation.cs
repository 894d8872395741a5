using System.Collections.Immutable;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>What offers and answers of whole calls have in common: ports that the other party is to be told, line by line.</summary>
public abstract class CallOperation : Operation
{
    private protected CallOperation(CallRequest request, OperationContext context)
    {
        Request = request;
        Context = context;
    }

    /// <summary>Our ports that the other party is to send to, by media line; null where none is relayed.</summary>
    public ImmutableArray<LinePort?> Ports { get; private set; } = [];

    /// <summary>What the protocol in front keeps of what the other party said last; empty if nothing.</summary>
    public byte[] OtherMemo { get; private protected set; } = [];

    /// <summary>The other party's media as it said last.</summary>
    public ImmutableArray<MediaDescription> OtherMedia { get; private protected set; } = [];

    /// <summary>Of an offer: the media of who speaks as it said before.</summary>
    public ImmutableArray<MediaDescription> SpokenBefore { get; private protected set; } = [];

    /// <summary>The files that the call is recorded to; empty while it is not.</summary>
    public ImmutableArray<string> Recordings { get; private set; } = [];

    private protected CallRequest Request { get; }

    private protected OperationContext Context { get; }

    private protected int Owner => Context.WorkerOf(Request.CallId);

    /// <summary>The ports toward one side of an association.</summary>
    private protected void AnswerPorts(RelayWorker worker, Call call, Association association, Side toward, int lines)
    {
        var ports = ImmutableArray.CreateBuilder<LinePort?>(lines);
        for (int i = 0; i < lines; i++)
        {
            Leg? leg = PortsOf(worker, call, association, toward, i);
            ports.Add(leg is null ? null : new LinePort(leg.PortNumber, leg.Local, leg.IsRtcpMuxed));
        }

        Ports = ports.MoveToImmutable();
    }

    /// <summary>The party that speaks, as a controller calls it now.</summary>
    private protected CallParty Told(CallParty party) => party with { Label = Request.Label ?? party.Label };

    private protected CallFacts WithMetadata(CallFacts facts, int speaker) =>
        Request.Metadata is { } metadata ? facts with { Metadata = metadata, MetadataFrom = speaker } : facts;

    /// <summary>What a party says of its media counts from now on.</summary>
    private protected static void Apply(
        RelayWorker worker,
        Call call,
        Association association,
        Side speaker,
        ImmutableArray<MediaDescription> media,
        SourceRules sources,
        SignalledBy by,
        Instant now)
    {
        for (int i = 0; i < media.Length; i++)
        {
            MediaDescription said = media[i];
            if (worker.Calls.Find(call, association.Number, i) is not { } session)
            {
                continue;
            }

            Leg leg = session[speaker];
            session.IsOpaque = said.Kind == MediaKind.Opaque;
            leg.DigitPayloadType = said.DigitPayloadType;
            leg.Gates = (leg.Gates & ~MediaGates.Toward) | (said.WantsNothing ? MediaGates.Toward : MediaGates.None);
            if (!said.IsRelayed)
            {
                continue; // rejected: where it was stays known, for when it comes back
            }

            var request = new LegRequest
            {
                IsAsymmetric = sources.IsAsymmetric,
                AllowsHandover = sources.AllowsHandover,
                PtimeMilliseconds = said.PtimeMilliseconds > 0 ? said.PtimeMilliseconds : null,
                Codecs = said.PayloadTypes,
                Remote = said.Rtp,
                RemoteRtcp = said.Rtcp.IsKnown ? said.Rtcp : null,
            };
            LegChange.Apply(worker, leg, request, by, now);
        }
    }

    /// <summary>The protocol in front writes what one side of an association is told, and keeps of it what it wants to know again.</summary>
    private protected void Describe(RelayWorker worker, Call call, int association, Side toward)
    {
        if (Request.Describe is { } describe
            && call.Facts.FindAssociation(association) is { } present
            && describe(this, present.ToldTo(toward)) is { } told)
        {
            worker.Calls.Change(call, call.Facts.With(present.Telling(toward, told)));
        }
    }

    /// <summary>The leg whose port a party is told: where branches share the caller's, that of the branch that has it.</summary>
    private static Leg? PortsOf(RelayWorker worker, Call call, Association association, Side toward, int index)
    {
        if (worker.Calls.Find(call, association.Number, index) is not { } session)
        {
            return null;
        }

        return session[toward].Ports is not null ? session[toward] : PortsOfBranches(worker, call, association, index);
    }

    private protected static Leg? PortsOfBranches(RelayWorker worker, Call call, Association association, int index)
    {
        foreach (Association branch in call.Facts.Associations)
        {
            if (branch.Caller == association.Caller
                && worker.Calls.Find(call, branch.Number, index) is { Caller.Ports: not null } session)
            {
                return session.Caller;
            }
        }

        return null;
    }

    /// <summary>What the request says of the whole call's media.</summary>
    private protected CallFacts WithTraffic(CallFacts facts) => Request.DropsTraffic switch
    {
        true => facts with { Gates = facts.Gates | MediaGates.All },
        false => facts with { Gates = facts.Gates & ~MediaGates.All },
        null => facts,
    };

    /// <summary>Who is told the digits: nobody makes us send to whom the options do not name.</summary>
    private protected CallFacts WithDigits(RelayWorker worker, CallFacts facts)
    {
        if (Request.UnreadDigitTarget is { } unread)
        {
            worker.World.Events.On(new RelayEvent.LeftOut(
                Request.CallId, $"DTMF-log-dest '{unread}' is no ADDRESS:PORT, with an IPv6 address in brackets: it changes nothing"));
        }

        if (Request.DigitTarget is not { } asked)
        {
            return facts;
        }

        if (Context.Options.DigitTargets.Contains(asked))
        {
            return facts with { DigitTarget = asked };
        }

        worker.World.Events.On(new RelayEvent.LeftOut(
            Request.CallId, $"{asked} is not permitted by --dtmf-log-dest: no digits are told there"));
        return facts;
    }

    /// <summary>What there is left to do when all else is done: files for a call that is to be recorded.</summary>
    private protected Step Finish(RelayWorker worker, Call call, bool isNew)
    {
        if (Request.Tos is { } tos)
        {
            SetTos(worker, call, tos);
        }

        ListenForDigits(worker, call);
        if (Request.Records == false)
        {
            CallRecording.Stop(worker, call);
        }

        bool records = Request.Records ?? (isNew && Context.Options.RecordAll);
        if (!records)
        {
            Recordings = CallRecording.FilesOf(worker, call);
            return Step.Done;
        }

        RecordingPlan plan = CallRecording.Plan(worker, call, Context);
        return plan.NeedsFiles ? Step.Off(plan.Open, Owner, then: (again, _) => Attach(again)) : Attach(worker);

        Step Attach(RelayWorker again)
        {
            plan.Attach(again);
            Recordings = again.Calls.Find(Request.CallId) is { } known ? CallRecording.FilesOf(again, known) : [];
            return Step.Done;
        }
    }

    internal static void ListenForDigits(RelayWorker worker, Call call)
    {
        if (!call.Facts.DigitTarget.IsKnown)
        {
            return;
        }

        foreach (Session session in worker.Calls.SessionsOf(call).Where(session => !session.IsSubscribed))
        {
            session.Caller.Digits ??= new DigitDetector();
            session.Callee.Digits ??= new DigitDetector();
        }
    }

    /// <summary>Where the system does not let it, all stays as it is: media flows.</summary>
    private static void SetTos(RelayWorker worker, Call call, byte tos)
    {
        foreach (Session session in worker.Calls.SessionsOf(call))
        {
            foreach (Leg leg in (ReadOnlySpan<Leg>)[session.Caller, session.Callee])
            {
                if (leg.Ports is not { } ports || worker.World.Ports.TrySetTos(ports, tos))
                {
                    leg.Tos = tos;
                }
            }
        }
    }
}
