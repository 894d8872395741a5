using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Protocols.Rtpp.SubCommands;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary>
/// Runs what follows <c>&amp;&amp;</c>, from left to right until one fails (control protocol, section 4). The incoming leg
/// is that of the party acting in the main command; each <c>L</c> swaps the two.
/// </summary>
internal ref struct SubCommandRun(RelayWorker worker, Session session, Leg incoming, Instant now, CommandContext context)
{
    private readonly Leg _speaker = incoming;
    private Leg _incoming = incoming;

    /// <summary>What the sub-commands <c>C</c> name, found beforehand; null where none are allowed.</summary>
    public ForkSources? ForkSources { get; init; }

    private readonly Leg Outgoing => session.Opposite(_incoming);

    /// <summary>Runs all and appends their results to the reply.</summary>
    public void Run(IReadOnlyList<SubCommand> subCommands, ref ReplyWriter reply)
    {
        if (subCommands.Count == 0)
        {
            return;
        }

        var results = new SubCommandResults();
        for (int i = 0; i < subCommands.Count && !results.HasFailed; i++)
        {
            if (results.HasRoomFor(TextLength(subCommands[i]), isLast: i == subCommands.Count - 1, reply.Room))
            {
                Run(subCommands[i], results);
            }
            else
            {
                Fail("its result does not fit the reply", results);
            }
        }

        results.WriteTo(ref reply);
    }

    /// <summary>The most bytes that the sub-command may answer; null for those that succeed silently.</summary>
    private readonly int? TextLength(SubCommand subCommand) => subCommand is LookupSubCommand lookup
        ? ReplyWriter.PortLength(LegChange.AddressFor(_incoming, lookup.Modifiers ?? LegModifiers.None, context))
        : null;

    private void Run(SubCommand subCommand, SubCommandResults results)
    {
        if (subCommand is LookupSubCommand lookup)
        {
            Answer(lookup, results);
            return;
        }

        bool done = subCommand switch
        {
            DeleteSubCommand delete => DeleteSteps.Delete(worker, session.CallId, new CommandTags(session.Tag, null), delete.Weak, now),
            SetTtlSubCommand ttl => SetTtl(ttl),
            SetTosSubCommand tos => SetTos(tos),
            ForkSubCommand fork => TryFork(fork),
            _ => throw new System.Diagnostics.UnreachableException($"No rule for {subCommand}."),
        };
        if (done)
        {
            results.AppendSilent();
        }
        else
        {
            Fail(ReasonOf(subCommand), results);
        }
    }

    private readonly void Fail(string reason, SubCommandResults results)
    {
        worker.World.Events.On(new RelayEvent.LeftOut(session.CallId, $"a sub-command failed: {reason}"));
        results.AppendFailed();
    }

    private readonly string ReasonOf(SubCommand failed) => failed switch
    {
        _ when session.IsEnded => "the session is deleted",
        ForkSubCommand => $"no other session has the tags of the fork's source, or that has {Session.MaxForks} forks already",
        SetTosSubCommand => "the leg is IPv6, or the system refuses the TOS byte",
        LookupSubCommand => "no port can be opened for the leg",
        _ => "no session matches",
    };

    private void Answer(LookupSubCommand lookup, SubCommandResults results)
    {
        Leg answered = _incoming;
        LegModifiers modifiers = lookup.Modifiers ?? LegModifiers.None;
        if (session.IsEnded || !LookupSteps.TryAnswer(worker, answered, modifiers, lookup.Remote, now, context))
        {
            Fail(ReasonOf(lookup), results);
            return;
        }

        _incoming = Outgoing;
        Span<byte> buffer = stackalloc byte[ReplyLimits.MaxLength];
        var text = new ReplyWriter(buffer);
        text.WritePort(answered.PortNumber, answered.Local);
        results.AppendText(text.Text);
    }

    private readonly bool TryFork(ForkSubCommand fork)
    {
        if (session.IsEnded || ForkSources?.Find(fork) is not { } source || source.Session == session.Id)
        {
            return false;
        }

        // What the source's to-tag party sends, which its from-tag party hears, goes to the address in the main command,
        // whatever an L before this one has swapped.
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

    private readonly bool SetTtl(SetTtlSubCommand ttl)
    {
        (ttl.Outgoing ? Outgoing : _incoming).Timer.SetLimit(ttl.Seconds);
        return true;
    }

    private readonly bool SetTos(SetTosSubCommand tos)
    {
        Leg leg = tos.Outgoing ? Outgoing : _incoming;
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
