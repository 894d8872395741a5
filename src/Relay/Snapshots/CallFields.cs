using System.Collections.Immutable;
using RtpProxy.Relay.Calls;

namespace RtpProxy.Relay.Snapshots;

/// <summary>What is known of a call, in the snapshot of each of its sessions: the newest of them holds.</summary>
internal static class CallFields
{
    public const MediaGates AllGates = MediaGates.Media | MediaGates.Digits | MediaGates.Toward | MediaGates.All | MediaGates.Silence;

    private const RtcpMuxFacts AllOfMux = RtcpMuxFacts.IsSaid | RtcpMuxFacts.IsOffered | RtcpMuxFacts.IsDecided | RtcpMuxFacts.IsDone;

    private const int MaxAssociations = CallFacts.MaxParties;

    public static void Pass(ref SnapshotPass pass, ref CallFacts facts, ref LinePlace line)
    {
        int association = line.Association;
        int index = line.Index;
        pass.Number(ref association, 0);
        pass.Number(ref index, 0, LinePlace.Max - 1);
        line = new LinePlace(association, index);
        Pass(ref pass, ref facts);
        if (pass.IsReading && !HoldsTogether(facts, line))
        {
            pass.Refuse();
        }
    }

    private static void Pass(ref SnapshotPass pass, ref CallFacts facts)
    {
        long revision = facts.Revision;
        long createdAt = facts.CreatedAt;
        long signalledAt = facts.SignalledAt;
        string? metadata = facts.Metadata;
        int metadataFrom = pass.IsReading ? 0 : facts.MetadataFrom;
        MediaGates gates = facts.Gates;
        Instant endsAt = facts.EndsAt.GetValueOrDefault();
        Rtp.Endpoint digitTarget = pass.IsReading ? default : facts.DigitTarget;
        pass.Number(ref revision);
        pass.Number(ref createdAt);
        pass.Number(ref signalledAt);
        pass.OptionalText(ref metadata, SnapshotLimits.Text);
        pass.Choice(ref gates, AllGates);
        pass.Optional(ref endsAt);
        if (pass.Version >= SessionVersion.Dialling)
        {
            pass.Value(ref digitTarget);
        }

        if (pass.Version >= SessionVersion.Metadata)
        {
            pass.Number(ref metadataFrom, 0);
        }

        CallParty[] parties = Sized(ref pass, facts.Parties, CallFacts.MaxParties);
        foreach (ref CallParty party in parties.AsSpan())
        {
            Pass(ref pass, ref party);
        }

        Association[] associations = Sized(ref pass, facts.Associations, MaxAssociations);
        foreach (ref Association association in associations.AsSpan())
        {
            Pass(ref pass, ref association);
        }

        Subscription[] subscriptions = Sized(ref pass, facts.Subscriptions, Subscription.Max);
        foreach (ref Subscription subscription in subscriptions.AsSpan())
        {
            Pass(ref pass, ref subscription);
        }

        if (pass.IsReading)
        {
            facts = new CallFacts
            {
                Revision = revision,
                CreatedAt = createdAt,
                SignalledAt = signalledAt,
                Metadata = metadata,
                MetadataFrom = metadataFrom,
                Gates = gates,
                EndsAt = endsAt == default ? null : endsAt,
                DigitTarget = digitTarget,
                Parties = [.. parties],
                Associations = [.. associations],
                Subscriptions = [.. subscriptions],
            };
        }
    }

    private static void Pass(ref SnapshotPass pass, ref CallParty party)
    {
        CallParty was = party ?? new CallParty { Number = 0 };
        int number = was.Number;
        string? tag = was.Tag;
        string? branch = was.ViaBranch;
        string? label = was.Label;
        long createdAt = was.CreatedAt;
        byte[] memo = was.Memo;
        MediaGates gates = was.Gates;
        pass.Number(ref number, 0);
        pass.OptionalText(ref tag, SnapshotLimits.Text);
        pass.OptionalText(ref branch, SnapshotLimits.Text);
        pass.OptionalText(ref label, SnapshotLimits.Text);
        pass.Number(ref createdAt);
        pass.Octets(ref memo, SnapshotLimits.Text);
        pass.Choice(ref gates, AllGates);
        string[] aliases = Sized(ref pass, was.Aliases, CallParty.MaxAliases);
        foreach (ref string alias in aliases.AsSpan())
        {
            alias ??= "";
            pass.Text(ref alias, SnapshotLimits.Text);
        }

        ImmutableArray<MediaDescription> media = was.Media;
        Pass(ref pass, ref media);
        if (pass.IsReading)
        {
            party = new CallParty
            {
                Number = number,
                Tag = tag,
                Aliases = [.. aliases],
                ViaBranch = branch,
                Label = label,
                CreatedAt = createdAt,
                Media = media,
                Memo = memo,
                Gates = gates,
            };
        }
    }

    private static void Pass(ref SnapshotPass pass, ref Association association)
    {
        Association was = association ?? new Association(0, 0, 0);
        int number = was.Number;
        int caller = was.Caller;
        int callee = was.Callee;
        bool isAnswered = was.IsAnswered;
        PendingOffer? pending = was.Pending;
        pass.Number(ref number, 0);
        pass.Number(ref caller, 0);
        pass.Number(ref callee, 0);
        pass.Flag(ref isAnswered);
        Pass(ref pass, ref pending);
        byte[] toldToCaller = was.ToldToCaller;
        byte[] toldToCallee = was.ToldToCallee;
        if (pass.Version >= SessionVersion.Telling)
        {
            pass.Octets(ref toldToCaller, SnapshotLimits.Text);
            pass.Octets(ref toldToCallee, SnapshotLimits.Text);
        }

        PendingOffer? taken = was.Taken;
        PendingOffer? crossed = was.Crossed;
        if (pass.Version >= SessionVersion.Offers)
        {
            Pass(ref pass, ref taken);
            Pass(ref pass, ref crossed);
        }

        if (pass.IsReading)
        {
            association = new Association(number, caller, callee, isAnswered, pending)
            {
                Taken = taken,
                Crossed = crossed,
                ToldToCaller = toldToCaller,
                ToldToCallee = toldToCallee,
            };
        }
    }

    private static void Pass(ref SnapshotPass pass, ref Subscription subscription)
    {
        Subscription was = subscription ?? new Subscription(0, 0, [], 0);
        int number = was.Number;
        int subscriber = was.Subscriber;
        int offers = was.Offers;
        bool isAnswered = was.IsAnswered;
        pass.Number(ref number, 0);
        pass.Number(ref subscriber, 0);
        pass.Number(ref offers, 0);
        pass.Flag(ref isAnswered);
        SubscribedLine[] lines = Sized(ref pass, was.Lines, LinePlace.Max);
        foreach (ref SubscribedLine line in lines.AsSpan())
        {
            (int party, int index, bool isOffered, bool isMuxOffered) = line;
            pass.Number(ref party, 0);
            pass.Number(ref index, 0, LinePlace.Max - 1);
            pass.Flag(ref isOffered);
            pass.Flag(ref isMuxOffered);
            line = new SubscribedLine(party, index, isOffered, isMuxOffered);
        }

        if (pass.IsReading)
        {
            subscription = new Subscription(number, subscriber, [.. lines], offers, isAnswered);
        }
    }

    private static void Pass(ref SnapshotPass pass, ref PendingOffer? pending)
    {
        if (!pass.Present(pending is not null))
        {
            pending = null;
            return;
        }

        bool isOfCallee = pending?.Offerer == Side.Callee;
        bool isTold = pending?.Sources.IsAsymmetric is not null;
        bool isAsymmetric = pending?.Sources.IsAsymmetric == true;
        bool allowsHandover = pending?.Sources.AllowsHandover == true;
        byte[] memo = pending?.Memo ?? [];
        ImmutableArray<MediaDescription> media = pending?.Media ?? [];
        pass.Flag(ref isOfCallee);
        pass.Flag(ref isTold);
        pass.Flag(ref isAsymmetric);
        if (pass.Version >= SessionVersion.Dialling)
        {
            pass.Flag(ref allowsHandover);
        }

        pass.Octets(ref memo, SnapshotLimits.Text);
        Pass(ref pass, ref media);
        if (pass.IsReading)
        {
            var sources = new SourceRules(isTold ? isAsymmetric : null, allowsHandover);
            pending = new PendingOffer(isOfCallee ? Side.Callee : Side.Caller, media, memo, sources);
        }
    }

    private static void Pass(ref SnapshotPass pass, ref ImmutableArray<MediaDescription> media)
    {
        MediaDescription[] lines = Sized(ref pass, media, LinePlace.Max);
        foreach (ref MediaDescription line in lines.AsSpan())
        {
            Pass(ref pass, ref line);
        }

        media = [.. lines];
    }

    private static void Pass(ref SnapshotPass pass, ref MediaDescription line)
    {
        string type = line.Type ?? "";
        string protocol = line.Protocol ?? "";
        string payloadTypes = line.PayloadTypes ?? "";
        MediaKind kind = line.Kind;
        LineDirection direction = line.Direction;
        Rtp.Endpoint rtp = line.Rtp;
        Rtp.Endpoint rtcp = line.Rtcp;
        int digits = line.DigitPayloadType;
        int digitClock = pass.IsReading ? MediaDescription.UsualDigitClock : line.DigitClock;
        int ptime = line.PtimeMilliseconds;
        int ptimeToward = line.PtimeTowardMilliseconds;
        RtcpMuxFacts mux = line.RtcpMux;
        byte[] memo = line.Memo ?? [];
        bool offersKeys = !pass.IsReading && line.OffersKeys;
        pass.Text(ref type, SnapshotLimits.Text);
        pass.Text(ref protocol, SnapshotLimits.Text);
        pass.Choice(ref kind, MediaKind.Unrelayed);
        pass.Value(ref rtp);
        pass.Value(ref rtcp);
        pass.Choice(ref direction, LineDirection.Inactive);
        pass.Text(ref payloadTypes, SnapshotLimits.Text);
        pass.Number(ref digits, -1, 127);
        pass.Number(ref ptime, 0, 1000);
        pass.Choice(ref mux, AllOfMux);
        pass.Octets(ref memo, SnapshotLimits.Text);
        if (pass.Version >= SessionVersion.Dialling)
        {
            pass.Number(ref ptimeToward, 0, 1000);
            pass.Number(ref digitClock, 1);
        }

        if (pass.Version >= SessionVersion.Keys)
        {
            pass.Flag(ref offersKeys);
        }

        line = new MediaDescription(
            type,
            protocol,
            kind,
            rtp,
            rtcp,
            direction,
            payloadTypes,
            digits,
            ptime,
            mux,
            memo.Length == 0 ? null : memo,
            ptimeToward,
            digitClock,
            offersKeys);
    }

    /// <summary>As many as are written, or as were written.</summary>
    private static T[] Sized<T>(ref SnapshotPass pass, ImmutableArray<T> values, int max)
    {
        int count = pass.Count(pass.IsReading ? 0 : values.Length, max);
        return pass.IsReading ? new T[count] : [.. values];
    }

    /// <summary>What associations and subscriptions name is there, and so is the one of the session.</summary>
    private static bool HoldsTogether(CallFacts facts, LinePlace line) =>
        (facts.FindAssociation(line.Association) is not null || facts.FindSubscription(line.Association) is not null)
        && facts.Subscriptions.All(subscription => IsParty(facts, subscription.Subscriber))
        && facts.Associations.All(association => IsParty(facts, association.Caller) && IsParty(facts, association.Callee))
        && facts.Parties.Zip(facts.Parties.Skip(1)).All(pair => pair.First.Number < pair.Second.Number);

    private static bool IsParty(CallFacts facts, int number) => facts.Parties.Any(party => party.Number == number);
}
