using System.Text;
using Spectre.Console.Rendering;

namespace RtpProxy.Ctl.Output;

/// <summary>How much of a text fits in so many columns of a terminal, where letters of some alphabets take two and marks none.</summary>
internal static class TextWidth
{
    public static int Of(string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? new Segment(text).CellCount() : text.Length;

    /// <summary>The text, cut where it is wider, with dots for what is missing.</summary>
    public static string Cut(string text, int width)
    {
        const string Dots = "..";
        if (Of(text) <= width)
        {
            return text;
        }

        return width <= Dots.Length ? Begin(text, width) : Begin(text, width - Dots.Length) + Dots;
    }

    /// <summary>The text cut or filled up to exactly this width.</summary>
    public static string Fit(string text, int width, bool isRightAligned = false)
    {
        string cut = Cut(text, width);
        string blanks = new(' ', Math.Max(0, width - Of(cut)));
        return isRightAligned ? blanks + cut : cut + blanks;
    }

    /// <summary>The text in lines of at most this width, broken at blanks where there are some; further lines are indented.</summary>
    public static IEnumerable<string> Break(string text, int width, int indent)
    {
        int within = Math.Min(indent, Math.Max(0, width / 2));
        string rest = text;
        while (Of(rest) > width)
        {
            string begin = Begin(rest, width);
            int blank = begin.TrimEnd().LastIndexOf(' ');
            bool isWord = blank > within && !string.IsNullOrWhiteSpace(begin[..blank]);
            int cut = rest[begin.Length] == ' ' ? begin.Length : isWord ? blank : begin.Length;
            if (cut <= within)
            {
                break; // Narrower than one letter: nothing to be done.
            }

            yield return rest[..cut];
            rest = new string(' ', within) + rest[cut..].TrimStart();
        }

        yield return rest;
    }

    private static string Begin(string text, int width)
    {
        int taken = 0;
        int used = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            used += Of(rune.ToString());
            if (used > width)
            {
                break;
            }

            taken += rune.Utf16SequenceLength;
        }

        return text[..taken];
    }
}
