using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Further;

/// <summary>
/// Carries out what follows an operation, from first to last until one fails (control protocol, section 4). The incoming leg
/// is that of the party acting in the main operation; each answer swaps the two.
/// </summary>
internal ref struct FurtherRun(RelayWorker worker, Session session, Leg incoming, Instant now, OperationContext context)
{
    private readonly Leg _speaker = incoming;
    private Leg _incoming = incoming;

    /// <summary>What the forks name, found beforehand; null where none are allowed.</summary>
    public ForkSources? ForkSources { get; init; }

    private readonly Leg Outgoing => session.Opposite(_incoming);

    public IReadOnlyList<FurtherResult> Run(IReadOnlyList<FurtherOperation> operations, IFurtherRoom room)
    {
        if (operations.Count == 0)
        {
            return [];
        }

        var results = new List<FurtherResult>(operations.Count);
        foreach (FurtherOperation operation in operations)
        {
            // What cannot be told is better not brought about.
            FurtherResult result = room.HasRoomForNext(results, AnsweredAddress(operation), results.Count == operations.Count - 1)
                ? Run(operation)
                : Fail("its result does not fit the reply");
            results.Add(result);
            if (result.IsFailed)
            {
                break;
            }
        }

        return results;
    }

    /// <summary>The address of the port that the operation will answer with; null for those that have nothing to say.</summary>
    private readonly LocalAddress? AnsweredAddress(FurtherOperation operation) =>
        operation is FurtherOperation.Answer answer ? answer.Leg.AddressFor(_incoming) : null;

    private FurtherResult Run(FurtherOperation operation)
    {
        if (operation is FurtherOperation.Answer answer)
        {
            return Answer(answer);
        }

        bool done = operation switch
        {
            FurtherOperation.Delete delete =>
                DeleteOperation.Delete(worker, session.CallId, new SessionTags(session.Tag, null), delete.IsWeak, now),
            FurtherOperation.SetTtl ttl => SetTtl(ttl),
            FurtherOperation.SetTos tos => SetTos(tos),
            FurtherOperation.Fork fork => TryFork(fork),
            FurtherOperation.CatchDigits digits => TryCatchDigits(digits),
            FurtherOperation.Impossible => false,
            _ => throw new System.Diagnostics.UnreachableException($"No rule for {operation}."),
        };
        return done ? FurtherResult.Done : Fail(ReasonOf(operation));
    }

    private readonly FurtherResult Fail(string reason)
    {
        worker.World.Events.On(new RelayEvent.LeftOut(session.CallId, $"a sub-command failed: {reason}"));
        return FurtherResult.Failed;
    }

    private readonly string ReasonOf(FurtherOperation failed) => failed switch
    {
        _ when session.IsEnded => "the session is deleted",
        FurtherOperation.Fork => $"no other session has the tags of the fork's source, or that has {Session.MaxForks} forks already",
        FurtherOperation.Impossible impossible => impossible.Why,
        FurtherOperation.CatchDigits => "nobody is permitted to be notified of the session's digits",
        FurtherOperation.SetTos => "the leg is IPv6, or the system refuses the TOS byte",
        FurtherOperation.Answer => "no port can be opened for the leg",
        _ => "no session matches",
    };

    private FurtherResult Answer(FurtherOperation.Answer answer)
    {
        Leg answered = _incoming;
        if (session.IsEnded)
        {
            return Fail(ReasonOf(answer));
        }

        CallLine.Connect(worker, answered, now);
        if (!LegChange.TryAnswer(worker, answered, answer.Leg, now, context))
        {
            return Fail(ReasonOf(answer));
        }

        _incoming = Outgoing;
        CallLine.OnAnswered(worker, _incoming, answer.Leg, tag: null, context, now);
        return new FurtherResult(false, new AnsweredPort(answered.PortNumber, answered.Local));
    }

    private readonly bool TryFork(FurtherOperation.Fork fork)
    {
        if (session.IsEnded || ForkSources?.Find(fork) is not { } source || source.Session == session.Id)
        {
            return false;
        }

        // What the source's to-tag party sends, which its from-tag party hears, goes to the address in the main operation,
        // whatever an answer before this one has swapped.
        Side callerHears = source.FromTagParty == Side.Caller ? _speaker.Side : _speaker.Side.Opposite();
        var started = new Fork(source.Session, session.Id, callerHears) { Carrier = session };
        if (session.CarriedFork is { } carried && carried.Source == started.Source)
        {
            if (carried != started)
            {
                worker.Forks.Turn(started, session); // in the place that it has
            }

            return true;
        }

        if (!ForkSources.TryUse(fork))
        {
            return false;
        }

        worker.Forks.Start(started, session);
        return true;
    }

    private readonly bool TryCatchDigits(FurtherOperation.CatchDigits asked)
    {
        if (session.IsEnded || session.NoticeTarget is not { } target)
        {
            return false;
        }

        _incoming.Digits ??= new DigitDetector();
        _incoming.Digits.Watch(new DigitWatch(asked.Catcher, target, asked.Tag, asked.PayloadType, asked.IsHiding));
        return true;
    }

    private readonly bool SetTtl(FurtherOperation.SetTtl ttl)
    {
        (ttl.OfOther ? Outgoing : _incoming).Timer.SetLimit(ttl.Seconds);
        return true;
    }

    private readonly bool SetTos(FurtherOperation.SetTos tos)
    {
        Leg leg = tos.OfOther ? Outgoing : _incoming;
        if (leg.Local.IsIPv6 || session.IsEnded)
        {
            return false;
        }

        if (leg.Ports is { } ports && !worker.World.Ports.TrySetTos(ports, tos.Tos))
        {
            // One of the two sockets may have taken it.
            worker.World.Ports.TrySetTos(ports, leg.Tos ?? worker.Options.Tos ?? 0);
            return false;
        }

        leg.Tos = tos.Tos;
        return true;
    }
}
