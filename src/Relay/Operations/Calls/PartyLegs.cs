using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>Where a party of a call hears one thing at a time, and is heard.</summary>
internal static class PartyLegs
{
    /// <summary>The party's leg of the first line of audio of each association; those of all parties where none is named.</summary>
    public static IEnumerable<Leg> OfFirstAudio(RelayWorker worker, Call call, CallParty? party) =>
        OfFirstAudioWithWords(worker, call, party).Select(each => each.Leg);

    /// <summary>The same, with what the protocol in front keeps of what the party says of that line; null for nothing.</summary>
    public static IEnumerable<(Leg Leg, byte[]? Memo)> OfFirstAudioWithWords(RelayWorker worker, Call call, CallParty? party)
    {
        foreach (Association association in call.Facts.Associations)
        {
            if (FirstAudio(worker, call, association) is not var (session, line))
            {
                continue;
            }

            if (party is null || association.Caller == party.Number)
            {
                yield return (session.Caller, MemoOf(call.Facts[association.Caller], line));
            }

            if (party is null || association.Callee == party.Number)
            {
                yield return (session.Callee, MemoOf(call.Facts[association.Callee], line));
            }
        }
    }

    private static byte[]? MemoOf(CallParty party, int line) => line < party.Media.Length ? party.Media[line].Memo : null;

    private static (Session Session, int Line)? FirstAudio(RelayWorker worker, Call call, Association association)
    {
        var media = call.Facts[association.Caller].Media;
        for (int i = 0; i < media.Length; i++)
        {
            if (media[i] is { Kind: MediaKind.Rtp, Type: "audio" } && worker.Calls.Find(call, association.Number, i) is { } session)
            {
                return (session, i);
            }
        }

        return null;
    }
}
