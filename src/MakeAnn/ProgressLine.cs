using System.Diagnostics;
using System.Globalization;

namespace RtpProxy.MakeAnn;

/// <summary>One line on a terminal that says how far the work is, and goes away when the work is done.</summary>
internal sealed class ProgressLine(TextWriter terminal)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300); // short work is not worth a line

    private readonly long _start = Stopwatch.GetTimestamp();
    private int _shownPercent = -1;

    /// <param name="share">0 to 1.</param>
    public void Show(double share)
    {
        int percent = (int)(share * 100);
        if (percent != _shownPercent && Stopwatch.GetElapsedTime(_start) > Quiet)
        {
            _shownPercent = percent;
            terminal.Write(string.Create(CultureInfo.InvariantCulture, $"\rEncoding {percent,3}%"));
        }
    }

    public void Clear()
    {
        if (_shownPercent >= 0)
        {
            terminal.Write("\r             \r");
            _shownPercent = -1;
        }
    }
}
