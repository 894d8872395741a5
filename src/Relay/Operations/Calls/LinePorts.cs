using System.Collections.Immutable;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>
/// The port pairs that an offer needs: both of each line that is new, one where nobody is to be told the other, and another one for
/// a leg whose party is to be reached at another address. All are opened before anything changes.
/// </summary>
internal sealed class LinePorts
{
    private readonly List<(int Index, LocalAddress Caller, LocalAddress Callee, PortPair? CallerPorts, PortPair? CalleePorts)> _lines = [];
    private readonly List<(Leg Leg, LocalAddress Address, PortPair Ports)> _moves = [];
    private readonly OperationContext _context;
    private readonly bool _isPublished; // nobody is behind the callee's ports

    private LinePorts(OperationContext context, bool isPublished) => (_context, _isPublished) = (context, isPublished);

    /// <returns>Null, and nothing is left open, when one cannot be had.</returns>
    public static LinePorts? TryReserve(
        RelayWorker worker, OperationContext context, Call call, Association association, Side offerer, CallRequest request)
    {
        var ports = new LinePorts(context, request.IsPublished);
        (LocalAddress? towardCaller, LocalAddress? towardCallee) = offerer == Side.Caller
            ? (request.TowardSpeaker, request.TowardOther)
            : (request.TowardOther, request.TowardSpeaker);
        (LocalAddress? newTowardCaller, LocalAddress? newTowardCallee) = offerer == Side.Caller
            ? (request.NewTowardSpeaker, request.NewTowardOther)
            : (request.NewTowardOther, request.NewTowardSpeaker);

        // Further lines of an association are where its first is.
        Session? first = worker.Calls.SessionsOf(call).Find(session => session.Line.Association == association.Number);
        if (first is not null)
        {
            bool? speakerWantsIPv6 = NewFamily(call.Facts[association.PartyAt(offerer)].Media, request.Media);
            (bool? callerWantsIPv6, bool? calleeWantsIPv6) = offerer == Side.Caller
                ? (speakerWantsIPv6, request.OtherWantsIPv6)
                : (request.OtherWantsIPv6, speakerWantsIPv6);
            towardCaller = ports.Find(first.Caller.Local, towardCaller, callerWantsIPv6);
            towardCallee = ports.Find(first.Callee.Local, towardCallee, calleeWantsIPv6);
        }

        newTowardCaller = towardCaller ?? first?.Caller.Local ?? newTowardCaller ?? context.Addresses.Default;
        newTowardCallee = towardCallee ?? first?.Callee.Local ?? newTowardCallee ?? context.Addresses.Default;
        for (int i = 0; i < request.Media.Length; i++)
        {
            bool isDone = worker.Calls.Find(call, association.Number, i) is { } session
                ? ports.TryMove(worker, session.Caller, towardCaller)
                    && ports.TryMove(worker, session.Callee, towardCallee)
                    && ports.TryFillCaller(worker, call, association, session.Caller, towardCaller)
                    && (request.IsPublished || ports.TryFill(worker, session.Callee, towardCallee))
                : !request.Media[i].IsRelayed
                    || ports.TryAddLine(worker, call, association, i, newTowardCaller, newTowardCallee);
            if (!isDone)
            {
                ports.Release(worker);
                return null;
            }
        }

        return ports;
    }

    /// <summary>The lines are made, and legs get their new ports.</summary>
    public void Use(RelayWorker worker, Call call, Association association, Instant now)
    {
        string tag = call.Facts[association.Caller].Tag ?? "";
        string? answered = call.Facts[association.Callee].Tag;
        foreach ((int index, LocalAddress caller, LocalAddress callee, PortPair? callerPorts, PortPair? calleePorts) in _lines)
        {
            Session session = worker.Life.CreateLine(
                call, new LinePlace(association.Number, index), LineTags.Of(tag, index), caller, callee, callerPorts, calleePorts, now);
            session.CommandNumber = _context.TakeNumber();
            session.OnAnsweredTag(answered is null ? null : LineTags.Of(answered, index));
            _context.Addresses.Remember(caller);
            _context.Addresses.Remember(callee);
            if (association.IsAnswered)
            {
                worker.Life.Complete(session, now);
            }
        }

        foreach ((Leg leg, LocalAddress address, PortPair pair) in _moves)
        {
            leg.Local = address;
            worker.Ports.Give(leg, pair);
            if (association.IsAnswered)
            {
                worker.Life.Complete(leg.Session, now);
            }

            leg.RtpLatch.OnMentioned(now);
            leg.Evidence.ExpectedSince = now;
            _context.Addresses.Remember(address);
        }
    }

    /// <summary>
    /// A party that comes to speak another family cannot be sent anything from where it is. Who always spoke another one than it was told
    /// may have its reasons.
    /// </summary>
    private static bool? NewFamily(ImmutableArray<MediaDescription> before, ImmutableArray<MediaDescription> now) =>
        IsIPv6(before) is { } was && IsIPv6(now) is { } isIPv6 && was != isIPv6 ? isIPv6 : null;

    /// <summary>Null where it is not said, or both are.</summary>
    private static bool? IsIPv6(ImmutableArray<MediaDescription> media)
    {
        bool hasIPv4 = media.Any(line => line.IsRelayed && !line.Rtp.IsUnspecified && !line.Rtp.IsIPv6);
        bool hasIPv6 = media.Any(line => line.IsRelayed && !line.Rtp.IsUnspecified && line.Rtp.IsIPv6);
        return hasIPv4 == hasIPv6 ? null : hasIPv6;
    }

    /// <summary>
    /// Where a party that has been told an address is to meet us: on the interface that is asked for or on its own, in the family that is
    /// asked for or in its own (ng protocol). An interface that has no such address is taken as it is, but for that of
    /// who never asked for one.
    /// </summary>
    /// <returns>Null if it stays where it is.</returns>
    private LocalAddress? Find(LocalAddress told, LocalAddress? asked, bool? wantsIPv6) => asked is null
        ? wantsIPv6 is { } ipv6 ? _context.Addresses.FindBeside(told, ipv6) ?? FindUnnamed(told, ipv6) : null
        : _context.Addresses.FindBeside(asked, wantsIPv6 ?? told.IsIPv6) ?? asked;

    private LocalAddress? FindUnnamed(LocalAddress told, bool ipv6) =>
        told == _context.Addresses.FindDefault(told.IsIPv6) ? _context.Addresses.FindDefault(ipv6) : null;

    private bool TryAddLine(
        RelayWorker worker, Call call, Association association, int index, LocalAddress caller, LocalAddress callee)
    {
        PortPair? callerPorts = null;
        if (!HasCallerPorts(worker, call, association, index))
        {
            if (!worker.Ports.TryReserve(call.CallId, caller, null, out PortPair opened))
            {
                return false;
            }

            callerPorts = opened;
        }

        PortPair? calleePorts = null;
        if (!_isPublished)
        {
            if (!worker.Ports.TryReserve(call.CallId, callee, null, out PortPair opened))
            {
                Release(worker, callerPorts);
                return false;
            }

            calleePorts = opened;
        }

        _lines.Add((index, caller, callee, callerPorts, calleePorts));
        return true;
    }

    /// <summary>Another branch of the caller has the port that it will be told: one pair for all (ng protocol).</summary>
    private static bool HasCallerPorts(RelayWorker worker, Call call, Association association, int index) =>
        call.Facts.Associations.Any(branch => branch.Caller == association.Caller
            && branch.Number != association.Number
            && worker.Calls.Find(call, branch.Number, index) is { Caller.Ports: not null });

    private bool TryMove(RelayWorker worker, Leg leg, LocalAddress? address)
    {
        if (address is null || leg.Ports is null || leg.Local.Address.Equals(address.Address))
        {
            return true;
        }

        if (!worker.Ports.TryReserve(leg.Session.CallId, address, leg.Tos, out PortPair pair))
        {
            return false;
        }

        _moves.Add((leg, address, pair));
        return true;
    }

    /// <summary>What RTPproxy's protocol offered has no ports for the caller yet.</summary>
    private bool TryFillCaller(RelayWorker worker, Call call, Association association, Leg caller, LocalAddress? address) =>
        HasCallerPorts(worker, call, association, caller.Session.Line.Index) || TryFill(worker, caller, address);

    /// <summary>Nor has what was published any for a callee.</summary>
    private bool TryFill(RelayWorker worker, Leg leg, LocalAddress? address)
    {
        if (leg.Ports is not null)
        {
            return true;
        }

        LocalAddress local = address ?? leg.Local;
        if (!worker.Ports.TryReserve(leg.Session.CallId, local, leg.Tos, out PortPair pair))
        {
            return false;
        }

        _moves.Add((leg, local, pair));
        return true;
    }

    private void Release(RelayWorker worker)
    {
        foreach ((_, _, _, PortPair? callerPorts, PortPair? calleePorts) in _lines)
        {
            Release(worker, calleePorts);
            Release(worker, callerPorts);
        }

        foreach ((_, _, PortPair pair) in _moves)
        {
            worker.Ports.Release(pair);
        }
    }

    private static void Release(RelayWorker worker, PortPair? unused)
    {
        if (unused is { } pair)
        {
            worker.Ports.Release(pair);
        }
    }
}
