using System.Globalization;
using RtpProxy.Admin;
using RtpProxy.Controller.Relays;
using RtpProxy.Ctl.Nodes;

namespace RtpProxy.Ctl;

/// <summary>The counters of one node at one instant, and what they say beside those of another.</summary>
/// <param name="Counters">By the names of the protocol; null if the node does not tell.</param>
/// <param name="Problem">Why it does not; null if it does.</param>
/// <param name="Code">The <see cref="ExitCode"/> of that.</param>
internal sealed record CounterSample(
    string Socket,
    DateTimeOffset Time,
    long Timestamp,
    TimeSpan RoundTrip,
    IReadOnlyDictionary<string, decimal>? Counters,
    string? Problem,
    int Code)
{
    // A counter of these is a rate or a level already; its change per second says nothing.
    private const string Rate = "pps_in";

    /// <summary>Who the node is; told by admin sockets only.</summary>
    public RelayHello? Hello { get; init; }

    /// <summary>Sessions that somebody should look at; told by admin sockets only.</summary>
    public int? InTrouble { get; init; }

    /// <summary>By the admin socket, or else by the control socket.</summary>
    public static async Task<CounterSample> TakeAsync(
        Node node, IReadOnlyList<string> names, TimeProvider time, CancellationToken cancellation)
    {
        if (node.Admin is { } admin)
        {
            long start = time.GetTimestamp();
            AdminAnswer answer = await admin.AskAsync(new AdminRequest { Ask = AdminWords.Counters }, cancellation);
            RelayCounters? counters = answer.Reply?.Counters;
            long end = time.GetTimestamp();
            if (counters is not null || node.Stands(answer))
            {
                return new CounterSample(
                    node.Name,
                    time.GetUtcNow(),
                    end,
                    time.GetElapsedTime(start, end),
                    counters is null ? null : AdminCounters.Read(counters),
                    counters is null ? answer.Problem ?? "its admin socket tells no counters" : null,
                    counters is null ? Math.Max(answer.Code, ExitCode.Refused) : ExitCode.Ok)
                {
                    Hello = admin.Hello,
                    InTrouble = counters is null ? null : AdminCounters.InTrouble(counters),
                };
            }
        }

        return await TakeAsync(node.Control!, names, time, cancellation);
    }

    public static async Task<CounterSample> TakeAsync(
        RelayClient relay, IReadOnlyList<string> names, TimeProvider time, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        RelayAnswer<IReadOnlyDictionary<string, string>> answer = await relay.CountersAsync(names, cancellation);
        OrderedDictionary<string, decimal>? counters = null;
        if (answer.IsDone)
        {
            counters = [];
            foreach ((string name, string text) in answer.Value!)
            {
                if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value))
                {
                    counters[name] = value;
                }
            }
        }

        long end = time.GetTimestamp();
        int code = answer switch
        {
            { IsDone: true } => ExitCode.Ok,
            { Status: AnswerStatus.NoReply } => ExitCode.NoReply,
            _ => ExitCode.Refused,
        };
        string? problem = counters is null ? await OtherSocket.ExplainAsync(relay, answer, cancellation) : null;
        return new CounterSample(relay.Name, time.GetUtcNow(), end, time.GetElapsedTime(start, end), counters, problem, code);
    }

    /// <summary>Change of each counter per second since an earlier sample; null without two readings.</summary>
    public IReadOnlyDictionary<string, decimal>? RatesSince(CounterSample? earlier, TimeProvider time)
    {
        if (Counters is null || earlier?.Counters is null)
        {
            return null;
        }

        var seconds = (decimal)time.GetElapsedTime(earlier.Timestamp, Timestamp).TotalSeconds;
        var rates = new OrderedDictionary<string, decimal>();
        foreach ((string name, decimal value) in Counters)
        {
            // A counter that went back belongs to a daemon that was started anew.
            if (name != Rate && seconds > 0 && earlier.Counters.TryGetValue(name, out decimal before) && value >= before)
            {
                rates[name] = Math.Round((value - before) / seconds, 3);
            }
        }

        return rates;
    }

    /// <summary>The change of one counter per second; 0 if it is unknown.</summary>
    public static decimal RateOf(IReadOnlyDictionary<string, decimal>? rates, string name) =>
        rates is not null && rates.TryGetValue(name, out decimal rate) ? rate : 0;
}
