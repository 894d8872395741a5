using RtpProxy.Admin;
using RtpProxy.Ctl.Calls;
using RtpProxy.Ctl.Nodes;

namespace RtpProxy.Ctl.Watching;

/// <summary>What a person at the terminal looks at, and what keys do.</summary>
/// <remarks>Owned by the loop that draws.</remarks>
internal sealed class WatchState(CallQuery query)
{
    private const int LongestFilter = 255;

    public CallQuery Query { get; private set; } = query;

    /// <summary>The first row that is seen, of those that match.</summary>
    public int Top { get; private set; }

    public int Selected { get; private set; }

    /// <summary>The session that is looked at instead of the list.</summary>
    public (Node Node, string CallId, string FromTag)? Session { get; private set; }

    /// <summary>Of the lines about a session the first that is seen.</summary>
    public int Scroll { get; private set; }

    /// <summary>What is being typed as the filter; null while nothing is.</summary>
    public string? Typed { get; private set; }

    public bool IsDone { get; private set; }

    /// <summary>Rows, or lines about a session, that the screen has room for.</summary>
    public int Room { get; set; } = 1;

    /// <returns>Whether other data is wanted than was.</returns>
    public bool Press(ConsoleKeyInfo key, CallPage? page)
    {
        if (Typed is not null)
        {
            return Type(key);
        }

        if (key.Key == ConsoleKey.Escape || key is { Key: ConsoleKey.Backspace } or { KeyChar: 'q' })
        {
            // Back to the list, and from there out; Escape undoes a filter first.
            if (Session is not null)
            {
                Session = null;
                return true;
            }

            IsDone = key.KeyChar == 'q';
            return !IsDone && Query.IsFiltered && Ask(Query with { Text = null, TroubleOnly = false, Verdict = null });
        }

        return Session is null ? PressInList(key, page) : PressInSession(key);
    }

    /// <summary>Keeps the selection on the page when calls have ended.</summary>
    public void Settle(int matching)
    {
        Selected = Math.Clamp(Selected, 0, Math.Max(0, matching - 1));
        Top = Math.Clamp(Top, Math.Max(0, Selected - Room + 1), Math.Max(0, Selected));
    }

    /// <summary>The last line about a session is not left behind.</summary>
    public void SettleScroll(int lines) => Scroll = Math.Clamp(Scroll, 0, Math.Max(0, lines - Room));

    private bool PressInList(ConsoleKeyInfo key, CallPage? page)
    {
        switch (key)
        {
            case { KeyChar: 's' }:
                int next = (Array.IndexOf(CallQuery.Sorts, Query.Sort) + 1) % CallQuery.Sorts.Length;
                return Ask(Query with { Sort = CallQuery.Sorts[next] });
            case { KeyChar: 't' }:
                return Ask(Query with { TroubleOnly = !Query.TroubleOnly });
            case { KeyChar: '/' }:
                Typed = Query.Text is { } text ? WireText.ToShown(text) : "";
                return false;
            case { Key: ConsoleKey.Enter }:
                return Open(page);
        }

        int matching = page?.Matching ?? 0;
        return StepOf(key) is { } step && Move(step, matching);
    }

    private bool PressInSession(ConsoleKeyInfo key)
    {
        Scroll = (int)Math.Clamp(Scroll + (long)(StepOf(key) ?? 0), 0, int.MaxValue);
        return false;
    }

    private bool Move(int step, int matching)
    {
        int before = Top;
        Selected = (int)Math.Clamp(Selected + (long)step, 0, Math.Max(0, matching - 1));
        Settle(matching);
        return Top != before;
    }

    private int? StepOf(ConsoleKeyInfo key) => key.Key switch
    {
        ConsoleKey.UpArrow => -1,
        ConsoleKey.DownArrow => 1,
        ConsoleKey.PageUp => -Room,
        ConsoleKey.PageDown => Room,
        ConsoleKey.Home => -int.MaxValue,
        ConsoleKey.End => int.MaxValue,
        _ => null,
    };

    private bool Open(CallPage? page)
    {
        if (page?.Rows.ElementAtOrDefault(Selected - page.Skip) is { Node: { } node, Row: SessionRow row })
        {
            Session = (node, row.CallId, row.FromTag);
            Scroll = 0;
            return true;
        }

        return false;
    }

    private bool Type(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                string text = Typed!;
                Typed = null;
                return Ask(Query with { Text = text.Length > 0 ? WireText.FromTyped(text) : null });
            case ConsoleKey.Escape:
                Typed = null;
                break;
            case ConsoleKey.Backspace:
                Typed = Typed!.Length > 0 ? Typed[..^1] : Typed;
                break;
            default:
                Typed += !char.IsControl(key.KeyChar) && Typed!.Length < LongestFilter ? key.KeyChar.ToString() : "";
                break;
        }

        return false;
    }

    private bool Ask(CallQuery query)
    {
        Query = query;
        Top = 0;
        Selected = 0;
        return true;
    }
}
