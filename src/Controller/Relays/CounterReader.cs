using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Controller.Relays;

/// <summary>
/// Reads global counters of a node of any age: a <c>G</c> that holds one unknown name answers nothing but an error, so
/// what is refused is asked for in halves, down to the name at fault.
/// </summary>
internal static class CounterReader
{
    private const int MaxNames = 22; // 23 words, the command among them (control protocol, section 2.2).

    public static async ValueTask<RelayAnswer<IReadOnlyDictionary<string, string>>> ReadAsync(
        IRelay relay, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        var found = new NamedValues();
        RelayReply last = RelayReply.From("");
        var parts = new Stack<string[]>(names.Chunk(MaxNames).Reverse());
        while (parts.TryPop(out string[]? part))
        {
            RelayAnswer<IReadOnlyDictionary<string, string>> answer = await RelayCommands
                .AskAsync(relay, new StatsCommand(part, Verbose: true), RelayCommands.ReadNamedValues, cancellationToken)
                .ConfigureAwait(false);
            last = answer.Reply;
            if (answer.IsDone)
            {
                foreach ((string name, string value) in answer.Value!)
                {
                    found[name] = value;
                }
            }
            else if (answer.Error != ErrorCode.StatsName)
            {
                return answer;
            }
            else if (part.Length > 1)
            {
                int half = part.Length / 2;
                parts.Push(part[half..]);
                parts.Push(part[..half]);
            }
        }

        return new RelayAnswer<IReadOnlyDictionary<string, string>>(AnswerStatus.Done, last, found);
    }
}
