using System.Globalization;

namespace RtpProxy.Ctl.Calls;

/// <summary>Times and durations for people.</summary>
internal static class TimeText
{
    /// <summary>As short as it can be told apart: <c>0.4 s</c>, <c>12 s</c>, <c>3:07</c>, <c>2:03:07</c>, <c>3 d 2 h</c>.</summary>
    public static string Of(double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(double.IsFinite(seconds) ? Math.Clamp(seconds, 0, 3e9) : 0);
        FormattableString text = time switch
        {
            { TotalSeconds: < 9.95 } => $"{time.TotalSeconds:0.0} s",
            { TotalMinutes: < 1 } => $"{time.TotalSeconds:0} s",
            { TotalHours: < 1 } => $"{time.Minutes}:{time.Seconds:00}",
            { TotalDays: < 1 } => $"{time.Hours}:{time.Minutes:00}:{time.Seconds:00}",
            _ => $"{time.Days} d {time.Hours} h",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The time of day where we are; with the day, if that is another one.</summary>
    public static string Clock(DateTimeOffset at, DateTimeOffset now)
    {
        DateTimeOffset local = at.ToLocalTime();
        string form = local.Date == now.ToLocalTime().Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss";
        return local.ToString(form, CultureInfo.InvariantCulture);
    }

    public static string Ago(DateTimeOffset at, DateTimeOffset now) => $"{Of((now - at).TotalSeconds)} ago";
}
