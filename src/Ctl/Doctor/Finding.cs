namespace RtpProxy.Ctl.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Check">Its name, for machines.</param>
/// <param name="Text">What is there, with the figures.</param>
/// <param name="Change">What to do about it: the command, setting or option. Null if nothing.</param>
internal sealed record Finding(string Check, Severity Severity, string Text, string? Change = null)
{
    public static Finding Fine(string check, FormattableString text) => new(check, Severity.Fine, FormattableString.Invariant(text));

    public static Finding Note(string check, FormattableString text, string? change = null) =>
        new(check, Severity.Note, FormattableString.Invariant(text), change);

    public static Finding Unknown(string check, FormattableString text, string? change = null) =>
        new(check, Severity.Unknown, FormattableString.Invariant(text), change);

    public static Finding Warning(string check, FormattableString text, string change) =>
        new(check, Severity.Warning, FormattableString.Invariant(text), change);

    public static Finding Fault(string check, FormattableString text, string change) =>
        new(check, Severity.Fault, FormattableString.Invariant(text), change);

    /// <summary>A fault when something is happening now, a warning when it only has happened.</summary>
    public static Finding Bad(bool isNow, string check, FormattableString text, string change) =>
        new(check, isNow ? Severity.Fault : Severity.Warning, FormattableString.Invariant(text), change);
}
