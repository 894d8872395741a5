using System.Collections.Immutable;
using RtpProxy.Protocols.Ng.Figures;
using RtpProxy.Relay;
using RtpProxy.Relay.Calls;

namespace RtpProxy.Protocols.NgFront.Views;

/// <summary>A call as the ng protocol shows it, of what the relay knows.</summary>
internal static class CallView
{
    /// <param name="tag">Only this party and those that it has media from; null for all.</param>
    public static CallFigures Of(CallReport report, string? tag)
    {
        CallFacts facts = report.Facts;
        return new CallFigures
        {
            Created = Date(facts.CreatedAt),
            LastSignal = Date(facts.SignalledAt),
            Metadata = facts.Metadata,
            IsRecording = report.Lines.Any(line => line.Session.Caller.IsRecorded || line.Session.Callee.IsRecorded),
            Parties = [.. facts.Parties.Where(party => tag is null || IsShown(report, party, tag)).Select(party => Of(report, party))],
        };
    }

    /// <summary>A moment that the relay tells, as a date.</summary>
    public static DateTimeOffset Date(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);

    private static bool IsShown(CallReport report, CallParty party, string tag) =>
        party.IsCalled(tag)
        || ConnectionsOf(report, party).Any(association => report.Facts[OtherOf(association, party)].IsCalled(tag))
        || SubscribersOf(report.Facts, party).Any(subscription => report.Facts[subscription.Subscriber].IsCalled(tag));

    private static PartyFigures Of(CallReport report, CallParty party)
    {
        CallFacts facts = report.Facts;
        ImmutableArray<AssociationFigures> others =
        [
            .. ConnectionsOf(report, party).Select(association =>
                new AssociationFigures(facts[OtherOf(association, party)].Tag ?? "", IsSubscription: false)),
        ];
        return new PartyFigures
        {
            Tag = party.Tag,
            Aliases = party.Aliases,
            Label = party.Label,
            ViaBranch = party.ViaBranch,
            Metadata = facts.MetadataFrom == party.Number ? facts.Metadata : null,
            Created = Date(party.CreatedAt),
            Subscriptions = [.. others, .. HeardBy(facts, party)],
            Subscribers =
            [
                .. others,
                .. SubscribersOf(facts, party).Select(subscription =>
                    new AssociationFigures(facts[subscription.Subscriber].Tag ?? "", IsSubscription: true)),
            ],
            Medias = SubscriptionOf(facts, party) is { } own ? MediasOf(report, party, own) : MediasOf(report, party),
        };
    }

    /// <summary>Of the association that the party's ports belong to now.</summary>
    private static ImmutableArray<MediaFigures> MediasOf(CallReport report, CallParty party)
    {
        CallFacts facts = report.Facts;
        Association? current = AssociationsOf(facts, party).LastOrDefault(association =>
            HasPorts(report, association, association.SideOf(party.Number))) ?? AssociationsOf(facts, party).LastOrDefault();
        if (current is null)
        {
            return [];
        }

        Side side = current.SideOf(party.Number);
        CallParty other = facts[OtherOf(current, party)];
        int lines = Math.Max(party.Media.Length, other.Media.Length);
        return
        [
            .. Enumerable.Range(0, lines).Select(index => MediaView.Of(
                report.LineOf(current.Number, index),
                side,
                index,
                index < party.Media.Length ? party.Media[index] : null,
                index < other.Media.Length ? other.Media[index] : null,
                facts.CreatedAt)),
        ];
    }

    /// <summary>Of a party that only hears: what is sent to it.</summary>
    private static ImmutableArray<MediaFigures> MediasOf(CallReport report, CallParty party, Subscription own) =>
    [
        .. own.Lines.Select((line, index) => MediaView.Of(
            report.LineOf(own.Number, index),
            Side.Callee,
            index,
            index < party.Media.Length ? party.Media[index] : null,
            SaidOf(report.Facts, line),
            report.Facts.CreatedAt)).Select(media => media with { Flags = media.Flags & ~MediaFlags.Receive }),
    ];

    private static MediaDescription? SaidOf(CallFacts facts, SubscribedLine line) =>
        facts.Parties.FirstOrDefault(party => party.Number == line.Party) is { } heard && line.Index < heard.Media.Length
            ? heard.Media[line.Index]
            : null;

    private static Subscription? SubscriptionOf(CallFacts facts, CallParty party) =>
        facts.Subscriptions.FirstOrDefault(subscription => subscription.Subscriber == party.Number);

    /// <summary>The parties that it hears, each once.</summary>
    private static IEnumerable<AssociationFigures> HeardBy(CallFacts facts, CallParty party) =>
        facts.Parties
            .Where(heard => SubscriptionOf(facts, party) is { } own && Hears(own, heard))
            .Select(heard => new AssociationFigures(heard.Tag ?? "", IsSubscription: true));

    private static IEnumerable<Subscription> SubscribersOf(CallFacts facts, CallParty party) =>
        facts.Subscriptions.Where(subscription => Hears(subscription, party));

    private static bool Hears(Subscription subscription, CallParty party) =>
        subscription.Lines.Any(line => line.IsOffered && line.Party == party.Number);

    /// <summary>
    /// With whom a party exchanges media, or will: a branch that was answered, but another one later, is not connected.
    /// </summary>
    private static IEnumerable<Association> ConnectionsOf(CallReport report, CallParty party) =>
        report.Facts.Associations.Where(association => association.Has(party.Number) && IsConnected(report, association));

    private static bool IsConnected(CallReport report, Association association) =>
        report.Facts.Associations.Length == 1
        || !association.IsAnswered
        || HasPorts(report, association, Side.Caller)
        || !report.Facts.Associations.Any(other =>
            other.IsAnswered && other.Caller == association.Caller && HasPorts(report, other, Side.Caller));

    private static bool HasPorts(CallReport report, Association association, Side side)
    {
        foreach (LineReport line in report.Lines)
        {
            if (line.Place.Association == association.Number && line.Session[side].Port != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Association> AssociationsOf(CallFacts facts, CallParty party) =>
        facts.Associations.Where(association => association.Has(party.Number));

    private static int OtherOf(Association association, CallParty party) =>
        association.Caller == party.Number ? association.Callee : association.Caller;
}
