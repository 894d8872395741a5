using System.Globalization;
using RtpProxy.Admin;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;
using RtpProxy.Lines;

namespace RtpProxy.Ctl.Calls;

/// <summary>The list of calls as lines of a table: the verdict first, and as much of the rest as there is room for.</summary>
internal sealed class CallTable
{
    private const int LeastCallId = 16;
    private const int NodeWidth = 16;
    private const int PartyWidth = 18;
    private const int VerdictWidth = 15;
    private const int AgeWidth = 7;

    private readonly int _width;
    private readonly int _callIdWidth;
    private readonly bool _hasParties;
    private readonly bool _hasAge;
    private readonly Dictionary<Node, string>? _names;

    /// <param name="width">Columns of the terminal; a pipe has any number.</param>
    public CallTable(NodeList nodes, int width)
    {
        _width = width;
        if (nodes.AreSeveral)
        {
            IReadOnlyList<string> names = NodeNames.Short([.. nodes.All.Select(node => node.Name)]);
            _names = nodes.All.Zip(names).ToDictionary(pair => pair.First, pair => pair.Second);
        }

        int rest = width - VerdictWidth - 1 - (_names is null ? 0 : NodeWidth + 1);
        _hasAge = rest - AgeWidth - 1 >= LeastCallId;
        rest -= _hasAge ? AgeWidth + 1 : 0;
        _hasParties = rest - (2 * (PartyWidth + 1)) >= LeastCallId;
        rest -= _hasParties ? 2 * (PartyWidth + 1) : 0;
        _callIdWidth = Math.Max(1, rest);
    }

    public string Headings() => Join(
        _names is null ? null : "relay",
        "verdict",
        "age",
        PartyColumns("caller", "loss", "MOS"),
        PartyColumns("callee", "loss", "MOS"),
        "Call-ID");

    public string Line(Node node, SessionRow row) => Join(
        _names?[node],
        PeerText.OneLine(row.Verdict),
        TimeText.Of(row.AgeSeconds),
        Party(row.Caller),
        Party(row.Callee),
        PeerText.OneLine(WireText.ToShown(row.CallId)));

    private string Join(string? node, string verdict, string age, string caller, string callee, string call)
    {
        List<string> columns = [TextWidth.Fit(verdict, VerdictWidth)];
        if (_hasAge)
        {
            columns.Add(TextWidth.Fit(age, AgeWidth, isRightAligned: true));
        }

        if (_hasParties)
        {
            columns.Add(caller);
            columns.Add(callee);
        }

        if (node is not null)
        {
            columns.Add(TextWidth.Fit(node, NodeWidth));
        }

        columns.Add(TextWidth.Cut(call, _callIdWidth));
        return TextWidth.Cut(string.Join(' ', columns), _width);
    }

    private static string Party(PartyRow party) => PartyColumns(
        party.Packets < 10_000_000
            ? party.Packets.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{party.Packets / 1e6:0}M"),
        party.LossRate is { } loss ? string.Create(CultureInfo.InvariantCulture, $"{100 * loss:0.0}%") : "-",
        party.Score is { } score ? score.ToString("0.00", CultureInfo.InvariantCulture) : "-");

    private static string PartyColumns(string packets, string loss, string score) =>
        $"{TextWidth.Fit(packets, 7, isRightAligned: true)}{TextWidth.Fit(loss, 6, isRightAligned: true)}{TextWidth.Fit(score, 5, isRightAligned: true)}";
}
