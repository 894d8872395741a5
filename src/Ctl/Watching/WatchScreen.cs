using System.Globalization;
using RtpProxy.Admin;
using RtpProxy.Ctl.Calls;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;
using RtpProxy.Lines;

namespace RtpProxy.Ctl.Watching;

/// <summary>The lines of the screen: nodes, calls, or one session. However small it is, something is seen and nothing goes over.</summary>
internal sealed class WatchScreen(NodeList nodes, bool hasColours, bool hasBlocks)
{
    private const int RoomyHeight = 10;
    private const string Help = "q quit  s sort  / filter  t trouble only  Enter session  arrows, PgUp, PgDn, Home, End move";
    private const string SessionHelp = "q back  arrows, PgUp, PgDn move";

    public IReadOnlyList<string> Draw(WatchState state, WatchData? data, int width, int height) =>
        state.Session is null ? DrawList(state, data, width, height) : DrawSession(state, data, width, height);

    private List<string> DrawList(WatchState state, WatchData? data, int width, int height)
    {
        bool isRoomy = height >= RoomyHeight;
        List<string> lines = [Fit(Totals(state, data), width)];
        foreach (TextLine line in NodeTable.Describe(data?.Activities ?? [], width).Take(Math.Max(0, (height / 2) - 1)))
        {
            lines.Add(Fit(line.Text, width, line.IsTrouble));
        }

        CallPage? page = data?.Calls;
        foreach (string problem in page?.Problems.Take(isRoomy ? 3 : 1) ?? [])
        {
            lines.Add(Fit(problem, width, isTrouble: true));
        }

        var table = new CallTable(nodes, width);
        lines.Add(Paint.Headings(Fit(table.Headings(), width), hasColours));
        state.Room = Math.Max(1, height - lines.Count - (isRoomy ? 2 : 1));
        SessionRow? selected = null;
        for (int i = 0; page is not null && i < Math.Min(page.Rows.Count, state.Room); i++)
        {
            (Node node, SessionRow row) = page.Rows[i];
            string line = TextWidth.Fit(table.Line(node, row), width);
            bool isSelected = page.Skip + i == state.Selected;
            selected = isSelected ? row : selected;
            lines.Add(isSelected ? Paint.Selected(line) : row.Trouble ? Paint.Trouble(line, hasColours) : line);
        }

        if (page is { Rows.Count: 0, Problems.Count: 0 })
        {
            lines.Add(Fit(page.Total == 0 ? "there are no calls" : "no call matches the filter", width));
        }

        return Close(lines, height, isRoomy && selected is not null ? Fit(WireText.ToShown(selected.Sentence), width) : null, Bottom(state, width));
    }

    private List<string> DrawSession(WatchState state, WatchData? data, int width, int height)
    {
        List<string> text = [];
        foreach (SessionDetail session in data?.Session?.Details ?? [])
        {
            foreach (TextLine line in SessionText.Describe(session, data!.Session!.Node.Name, hasBlocks))
            {
                text.AddRange(TextWidth.Break(PeerText.OneLine(line.Text), width, line.Indent)
                    .Select(part => Fit(part, width, line.IsTrouble)));
            }
        }

        if (data?.Session is { IsFound: false } lookup)
        {
            text.AddRange(TextWidth.Break(
                PeerText.OneLine(lookup.Problem ?? $"call {WireText.ToShown(state.Session!.Value.CallId)} has ended"), width, 2));
        }

        state.Room = Math.Max(1, height - 1);
        state.SettleScroll(text.Count);
        return Close([.. text.Skip(state.Scroll).Take(state.Room)], height, null, Fit(SessionHelp, width));
    }

    private static List<string> Close(List<string> lines, int height, string? sentence, string bottom)
    {
        int below = sentence is null ? 1 : 2;
        while (lines.Count < height - below)
        {
            lines.Add("");
        }

        List<string> all = [.. lines.Take(Math.Max(1, height - below))];
        all.AddRange(sentence is null ? [bottom] : [sentence, bottom]);
        return all;
    }

    private static string Totals(WatchState state, WatchData? data)
    {
        CallPage? page = data?.Calls;
        List<string> parts = [page is null
            ? "reading ..."
            : string.Create(CultureInfo.InvariantCulture, $"{page.Total} call{(page.Total == 1 ? "" : "s")}")];
        if (page is not null && state.Query.IsFiltered)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{page.Matching} match"));
        }

        if (page is { Rows.Count: > 0 })
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{page.Skip + 1} to {page.Skip + page.Rows.Count}"));
        }

        parts.Add($"{state.Query.Sort} first");
        if (state.Query.TroubleOnly)
        {
            parts.Add("in trouble only");
        }

        if (state.Query.Verdict is { } verdict)
        {
            parts.Add($"{verdict} only");
        }

        if (state.Query.Text is { } text)
        {
            parts.Add($"with '{WireText.ToShown(text)}'");
        }

        return string.Join(", ", parts);
    }

    private static string Bottom(WatchState state, int width) =>
        state.Typed is { } typed ? Fit($"filter: {typed}_", width) : Fit(Help, width);

    private string Fit(string text, int width, bool isTrouble) =>
        isTrouble ? Paint.Trouble(Fit(text, width), hasColours) : Fit(text, width);

    private static string Fit(string text, int width) => TextWidth.Cut(PeerText.OneLine(text), width);
}
