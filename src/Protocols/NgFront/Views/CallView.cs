using System.Collections.Immutable;
using RtpProxy.Protocols.Ng.Figures;
using RtpProxy.Relay;
using RtpProxy.Relay.Calls;

namespace RtpProxy.Protocols.NgFront.Views;

/// <summary>A call as the ng protocol shows it (section 7.1), of what the relay knows.</summary>
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
            Parties = [.. facts.Parties.Where(party => tag is null || IsShown(facts, party, tag)).Select(party => Of(report, party))],
        };
    }

    /// <summary>A moment that the relay tells, as a date.</summary>
    public static DateTimeOffset Date(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);

    private static bool IsShown(CallFacts facts, CallParty party, string tag) =>
        party.IsCalled(tag)
        || AssociationsOf(facts, party).Any(association => facts[OtherOf(association, party)].IsCalled(tag))
        || SubscribersOf(facts, party).Any(subscription => facts[subscription.Subscriber].IsCalled(tag));

    private static PartyFigures Of(CallReport report, CallParty party)
    {
        CallFacts facts = report.Facts;
        ImmutableArray<AssociationFigures> others =
        [
            .. AssociationsOf(facts, party).Select(association =>
                new AssociationFigures(facts[OtherOf(association, party)].Tag ?? "", IsSubscription: false)),
        ];
        return new PartyFigures
        {
            Tag = party.Tag,
            Aliases = party.Aliases,
            Label = party.Label,
            ViaBranch = party.ViaBranch,
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
            report.Lines.Any(line => line.Place.Association == association.Number
                && line.Session[association.SideOf(party.Number)].Port != 0)) ?? AssociationsOf(facts, party).LastOrDefault();
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

    private static IEnumerable<Association> AssociationsOf(CallFacts facts, CallParty party) =>
        facts.Associations.Where(association => association.Has(party.Number));

    private static int OtherOf(Association association, CallParty party) =>
        association.Caller == party.Number ? association.Callee : association.Caller;
}
