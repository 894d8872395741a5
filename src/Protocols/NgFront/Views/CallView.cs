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
        || AssociationsOf(facts, party).Any(association => facts[OtherOf(association, party)].IsCalled(tag));

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
            Subscriptions = others,
            Subscribers = others,
            Medias = MediasOf(report, party),
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

    private static IEnumerable<Association> AssociationsOf(CallFacts facts, CallParty party) =>
        facts.Associations.Where(association => association.Has(party.Number));

    private static int OtherOf(Association association, CallParty party) =>
        association.Caller == party.Number ? association.Callee : association.Caller;
}
