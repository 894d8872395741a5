using System.Globalization;
using RtpProxy.Controller.Relays;
using RtpProxy.Ctl.Output;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Statistics;

namespace RtpProxy.Ctl;

/// <summary>Queries one session from both of its sides.</summary>
internal static class SessionReader
{
    // A session knows one tag only; with it in the second place, any word in the first stands for the other party.
    private const string OtherParty = "-";

    private const int MostMedia = 32;

    // Eleven names fit one command (control protocol, section 3.12).
    private static readonly SessionStatistic[][] Parts = [.. SessionStatisticNames.All.Chunk(11)];

    /// <summary>All media of a call, or the one of a tag with its number. Controllers number the media of a call from 1, except some that use bare tags.</summary>
    public static async Task<SessionSearch> SearchAsync(
        RelayClient relay, string call, string tag, CancellationToken cancellation)
    {
        if (tag.Contains(';', StringComparison.Ordinal))
        {
            return await ReadAsync(relay, call, tag, cancellation);
        }

        SessionSearch found = await ReadAsync(relay, call, tag, cancellation);
        for (int medium = 1; medium <= MostMedia && found.Failure is null; medium++)
        {
            SessionSearch next = await ReadAsync(relay, call, $"{tag};{medium}", cancellation);
            if (next is { Sessions.Count: 0, Failure: null })
            {
                break;
            }

            found = found.And(next);
        }

        return found;
    }

    private static async Task<SessionSearch> ReadAsync(
        RelayClient relay, string call, string tag, CancellationToken cancellation)
    {
        RelayAnswer<IReadOnlyDictionary<string, string>> plain =
            await relay.QueryAsync(call, tag, OtherParty, cancellationToken: cancellation);
        if (!plain.IsDone)
        {
            return new SessionSearch(relay.Name, [], plain.Status == AnswerStatus.UnknownSession ? null : plain);
        }

        IReadOnlyDictionary<string, decimal> caller = await ReadSideAsync(relay, call, tag, OtherParty, cancellation);
        IReadOnlyDictionary<string, decimal> callee = await ReadSideAsync(relay, call, OtherParty, tag, cancellation);
        int semicolon = tag.LastIndexOf(';');
        _ = int.TryParse(tag.AsSpan(semicolon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int medium);
        return new SessionSearch(
            relay.Name, [new SessionResult(relay.Name, call, semicolon < 0 ? 0 : medium, tag, caller, callee)], null);
    }

    private static async Task<IReadOnlyDictionary<string, decimal>> ReadSideAsync(
        RelayClient relay, string call, string from, string to, CancellationToken cancellation)
    {
        var values = new OrderedDictionary<string, decimal>();
        foreach (SessionStatistic[] part in Parts)
        {
            await ReadPartAsync(part);
        }

        if (values.Count == 0)
        {
            // A daemon so old that it takes no names: the classic five are all it has.
            Keep(await relay.QueryAsync(call, from, to, cancellationToken: cancellation));
        }

        return values;

        // A command that holds one unknown name answers nothing but an error: the rest is asked for without it.
        async Task ReadPartAsync(SessionStatistic[] part)
        {
            RelayAnswer<IReadOnlyDictionary<string, string>> answer = await relay.QueryAsync(call, from, to, part, cancellation);
            if (answer.Error == ErrorCode.QueryName && part.Length > 1)
            {
                await ReadPartAsync(part[..(part.Length / 2)]);
                await ReadPartAsync(part[(part.Length / 2)..]);
            }
            else
            {
                Keep(answer);
            }
        }

        void Keep(RelayAnswer<IReadOnlyDictionary<string, string>> answer)
        {
            foreach ((string name, string text) in answer.Value ?? new Dictionary<string, string>())
            {
                if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value))
                {
                    values[name] = value;
                }
            }
        }
    }
}
