using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Calls;

/// <summary>
/// Sessions of a Call-ID that RTPproxy's protocol made, read as media lines of one call (docs/ng.md, both protocols on one call): the tag that made
/// them is that of a party, the one that answered that of the other, and the number behind a tag tells which line it is.
/// </summary>
internal sealed class LooseLines
{
    // What RTPproxy's protocol does not tell.
    private const string Protocol = "RTP/AVP";
    private const string FirstType = "audio";
    private const string OtherType = "other";
    private const string UsualDigits = "101";

    private readonly List<(Session Session, LinePlace Place)> _lines = [];
    private readonly HashSet<LinePlace> _taken;

    private LooseLines(CallFacts facts, HashSet<LinePlace> taken) => (Facts, _taken) = (facts, taken);

    /// <summary>The call with them.</summary>
    public CallFacts Facts { get; private set; }

    /// <summary>Those that were no lines of the call before.</summary>
    public IReadOnlyList<(Session Session, LinePlace Place)> Lines => _lines;

    /// <param name="call">What the ng protocol made of the same Call-ID; null for nothing.</param>
    /// <param name="wallNow">Microseconds since the UNIX epoch.</param>
    /// <returns>Null where there are none.</returns>
    public static LooseLines? Find(SessionTable sessions, Call? call, string callId, Instant now, long wallNow)
    {
        LooseLines? found = null;
        for (Session? session = sessions.FirstOfCall(callId); session is not null; session = session.NextOfCall)
        {
            if (session.Call is null)
            {
                long createdAt = WallOf(session, now, wallNow);
                found ??= new LooseLines(call?.Facts ?? new CallFacts { CreatedAt = createdAt, SignalledAt = createdAt }, PlacesOf(sessions, callId));
                found.Add(session, createdAt);
            }
        }

        return found is null or { _lines.Count: 0 } ? null : found;
    }

    /// <summary>When a session was made, microseconds since the UNIX epoch.</summary>
    public static long WallOf(Session session, Instant now, long wallNow) =>
        wallNow - ((now - session.CreatedAt).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>The payload type of a party's telephone events: the usual one, unless its codecs are told without it; -1 for none.</summary>
    public static int DigitTypeOf(Leg leg, PayloadType? ofAll) =>
        ofAll is { } told ? told.Value
        : leg.Codecs is null || leg.Codecs.Split(',').Contains(UsualDigits) ? int.Parse(UsualDigits, CultureInfo.InvariantCulture)
        : -1;

    /// <summary>Those of lines that the ng protocol made.</summary>
    private static HashSet<LinePlace> PlacesOf(SessionTable sessions, string callId)
    {
        HashSet<LinePlace> places = [];
        for (Session? session = sessions.FirstOfCall(callId); session is not null; session = session.NextOfCall)
        {
            if (session.Call is not null)
            {
                places.Add(session.Line);
            }
        }

        return places;
    }

    private void Add(Session session, long createdAt)
    {
        if (Meet(session, createdAt) is not { } association || PlaceOf(session, association) is not { } place)
        {
            return; // it stays a session beside the call: there are bounds
        }

        association = association with { IsAnswered = association.IsAnswered || session.IsComplete };
        Facts = Facts.With(association);
        Describe(association.Caller, place.Index, session.Caller);
        if (session.IsComplete)
        {
            Describe(association.Callee, place.Index, session.Callee);
        }

        _taken.Add(place);
        _lines.Add((session, place));
    }

    /// <summary>The parties of a session as the call knows them by now; null where there would be too many.</summary>
    private Association? Meet(Session session, long createdAt)
    {
        string? callerTag = NameIn(session.Tag);
        string? calleeTag = session.AnsweredTag is { } answered ? NameIn(answered) : null;
        calleeTag = calleeTag == callerTag ? null : calleeTag; // offered to nobody in particular
        CallParty? caller = callerTag is null ? null : Facts.FindParty(callerTag);
        if (caller is not null && Facts.Associations.LastOrDefault(known => known.Caller == caller.Number) is { } association)
        {
            CallParty other = Facts[association.Callee];
            Facts = other.Tag is null && calleeTag is not null ? Facts.With(other.Named(calleeTag)) : Facts;
            return association;
        }

        if (Facts.Parties.Length > CallFacts.MaxParties - 2)
        {
            return null;
        }

        caller ??= new CallParty { Number = Facts.NextParty, Tag = callerTag, CreatedAt = createdAt };
        Facts = Facts.With(caller);
        CallParty callee = (calleeTag is null ? null : Facts.FindParty(calleeTag))
            ?? new CallParty { Number = Facts.NextParty, Tag = calleeTag, CreatedAt = createdAt };
        Facts = Facts.With(callee);
        return new Association(Facts.NextAssociation, caller.Number, callee.Number);
    }

    /// <summary>Whom a tag names; null for one who only hears, since that is somebody else.</summary>
    private string? NameIn(string tag) => TagRules.WithoutMedia(tag) is var name && Facts.IsSubscriber(name) ? null : name;

    /// <summary>The line of its number, or the first that is free; null where none is.</summary>
    private LinePlace? PlaceOf(Session session, Association association)
    {
        string number = session.Tag[Math.Min(session.Tag.Length, TagRules.WithoutMedia(session.Tag).Length + 1)..];
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int told)
            && told is > 0 and <= LinePlace.Max
            && !_taken.Contains(new LinePlace(association.Number, told - 1)))
        {
            return new LinePlace(association.Number, told - 1);
        }

        for (int index = 0; index < LinePlace.Max; index++)
        {
            if (!_taken.Contains(new LinePlace(association.Number, index)))
            {
                return new LinePlace(association.Number, index);
            }
        }

        return null;
    }

    private void Describe(int party, int index, Leg leg)
    {
        CallParty known = Facts[party];
        Facts = Facts.With(known with { Media = Describe(known.Media, index, leg) });
    }

    /// <summary>A party's media with what RTPproxy's protocol said last of one line.</summary>
    public static ImmutableArray<MediaDescription> Describe(ImmutableArray<MediaDescription> media, int index, Leg leg)
    {
        while (media.Length <= index)
        {
            media = media.Add(DescriptionOf(media.Length, default, ""));
        }

        MediaDescription known = media[index].Kind == MediaKind.Unrelayed ? DescriptionOf(index, default, "") : media[index];
        Endpoint said = leg.Evidence.Said.IsKnown ? leg.Evidence.Said : leg.Rtp.Remote;
        return media.SetItem(index, known with
        {
            Rtp = leg.IsOnHold ? Endpoint.From(said.IsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, said.Port) : said,
            Rtcp = default,
            Direction = LineDirection.SendReceive,
            PayloadTypes = leg.Codecs ?? known.PayloadTypes,
            OffersKeys = true, // or nobody told whether
        });
    }

    private static MediaDescription DescriptionOf(int index, in Endpoint rtp, string payloadTypes) => new(
        index == 0 ? FirstType : OtherType, Protocol, MediaKind.Rtp, rtp, default, LineDirection.SendReceive, payloadTypes, -1, OffersKeys: true);
}
