namespace RtpProxy.Ctl.Output;

/// <summary>Colours and the like, by the sequences of ECMA-48 section 8.3.117.</summary>
internal static class Paint
{
    private const string End = "\e[0m";

    public static string Trouble(string text, bool hasColours) => hasColours ? $"\e[31m{text}{End}" : text;

    public static string Headings(string text, bool hasColours) => hasColours ? $"\e[1m{text}{End}" : text;

    /// <summary>Reversed: every terminal can do that, and it has to be seen.</summary>
    public static string Selected(string text) => $"\e[7m{text}{End}";
}
