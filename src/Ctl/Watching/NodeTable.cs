using System.Globalization;
using RtpProxy.Ctl.Calls;
using RtpProxy.Ctl.Output;

namespace RtpProxy.Ctl.Watching;

/// <summary>What nodes do, the busiest first, what they are, and below that what troubles them.</summary>
internal static class NodeTable
{
    private const int MostName = 48;

    // What matters less comes later, and is left out first where the terminal is narrow.
    private static readonly Column[] Columns =
    [
        new("sessions", 8, node => Text(node.ActiveSessions)),
        new("pkts/s", 8, node => Text(node.PacketsPerSecond)),
        new("drop/s", 7, node => Text(node.DiscardedPerSecond)),
        new("bad", 5, node => node.SessionsInTrouble is { } trouble ? Text(trouble) : "-"),
        new("up", 9, node => node.UptimeSeconds is { } seconds ? TimeText.Of(seconds) : "-"),
        new("version", 14, node => node.Version ?? "-"),
        new("kept", 6, KeptText),
        new("relay/s", 8, node => Text(node.RelayedPerSecond)),
        new("ms", 6, node => node.Milliseconds.ToString("0.0", CultureInfo.InvariantCulture)),
        new("cmds/s", 7, node => Text(node.CommandsPerSecond)),
        new("errs/s", 6, node => Text(node.ErrorsPerSecond)),
    ];

    /// <summary>Nothing where there are no nodes.</summary>
    public static IEnumerable<TextLine> Describe(IReadOnlyList<NodeActivity> activities, int width)
    {
        if (activities.Count == 0)
        {
            yield break;
        }

        IReadOnlyList<string> names = NodeNames.Short([.. activities.Select(node => node.Socket)]);
        int nameWidth = Math.Clamp(names.Max(TextWidth.Of), "busiest node".Length, MostName);
        int count = Columns.Length;
        while (count > 1 && LeastFor(count, nameWidth) > width)
        {
            count--;
        }

        nameWidth = Math.Max(1, Math.Min(nameWidth, width - (LeastFor(count, nameWidth) - nameWidth)));
        yield return Row("busiest node", column => column.Heading);
        foreach ((NodeActivity node, string name) in activities.Zip(names)
            .OrderByDescending(pair => pair.First.PacketsPerSecond)
            .ThenByDescending(pair => pair.First.ActiveSessions))
        {
            yield return Row(name, column => column.Value(node));
        }

        if (activities.Count > 1)
        {
            NodeActivity sum = Sum(activities);
            yield return Row("all", column => column.IsSum ? column.Value(sum) : "");
        }

        NodeActivity[] troubled = [.. activities.Where(node => node.Trouble is not null)];
        yield return new TextLine(troubled.Length == 0 ? "no node is in trouble" : "troubled nodes");
        foreach (NodeActivity node in troubled)
        {
            yield return new TextLine($"  {node.Socket}: {node.Trouble}", 4, IsTrouble: true);
        }

        TextLine Row(string name, Func<Column, string> value) => new(
            TextWidth.Fit(name, nameWidth)
            + string.Concat(Columns.Take(count).Select(column => " " + TextWidth.Fit(value(column), column.Width, isRightAligned: true))));
    }

    private static int LeastFor(int count, int nameWidth) =>
        nameWidth + Columns.Take(count).Sum(column => column.Width + 1);

    private static NodeActivity Sum(IReadOnlyList<NodeActivity> all) => all[0] with
    {
        ActiveSessions = all.Sum(node => node.ActiveSessions),
        PacketsPerSecond = all.Sum(node => node.PacketsPerSecond),
        RelayedPerSecond = all.Sum(node => node.RelayedPerSecond),
        DiscardedPerSecond = all.Sum(node => node.DiscardedPerSecond),
        CommandsPerSecond = all.Sum(node => node.CommandsPerSecond),
        ErrorsPerSecond = all.Sum(node => node.ErrorsPerSecond),
        SessionsInTrouble = all.Any(node => node.SessionsInTrouble is not null) ? all.Sum(node => node.SessionsInTrouble ?? 0) : null,
    };

    private static string KeptText(NodeActivity node) => (node.Kept, node.Deaths) switch
    {
        (true, > 0) => $"died {node.Deaths}",
        (true, _) => "yes",
        (false, _) => "no",
        _ => "-",
    };

    private static string Text(decimal value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private sealed record Column(string Heading, int Width, Func<NodeActivity, string> Value)
    {
        /// <summary>Whether adding it up over the nodes says something.</summary>
        public bool IsSum => Heading is not ("ms" or "up" or "version" or "kept");
    }
}
