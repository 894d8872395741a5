using System.Globalization;
using RtpProxy.ExtractAudio.Loading;
using RtpProxy.ExtractAudio.Survey;
using RtpProxy.Io.Posix.Files;

namespace RtpProxy.ExtractAudio;

/// <summary>Looks through both recordings before they are loaded, and decides what of them is used.</summary>
internal sealed class SideInputs
{
    private const double LargestGapSeconds = 3_600; // between the recordings of one call

    private readonly long _answerLength;
    private readonly long _bothLength;
    private readonly Action<long> _progress;

    public SideInputs(
        ExtractOptions options,
        FileStream? answerFile,
        FileStream? originateFile,
        Complaints complaints,
        Action<long> progress)
    {
        _answerLength = answerFile?.Length ?? 0;
        _bothLength = _answerLength + (originateFile?.Length ?? 0);
        _progress = progress;
        RecordingSurvey? answer = answerFile is null ? null : RecordingSurvey.Of(answerFile, progress);
        RecordingSurvey? originate = originateFile is null
            ? null
            : RecordingSurvey.Of(originateFile, bytes => progress(_answerLength + bytes));

        bool areOne = options is { AnswerPath: { } one, OriginatePath: { } other } && FileIdentity.AreSame(one, other);
        SideChoice choice = new(
            options.AnswerSource, options.OriginateSource, areOne && answer is { IsCapture: true } ? answer : null);
        double offset = OffsetBetween(answer, originate, complaints);
        if (answer is not null && answerFile is not null && options.AnswerPath is { } answerPath)
        {
            Answer = new SideInput(
                RecordedSide.Answer, answerPath, answerFile, answer, 0, flow => choice.Includes(RecordedSide.Answer, answer, flow));
            complaints.AddLines(choice.Describe(
                answerPath, answer, areOne ? [RecordedSide.Answer, RecordedSide.Originate] : [RecordedSide.Answer]));
        }

        if (originate is not null && originateFile is not null && options.OriginatePath is { } originatePath)
        {
            Originate = new SideInput(
                RecordedSide.Originate,
                originatePath,
                originateFile,
                originate,
                offset,
                flow => choice.Includes(RecordedSide.Originate, originate, flow));
            if (!areOne)
            {
                complaints.AddLines(choice.Describe(originatePath, originate, RecordedSide.Originate));
            }
        }
    }

    /// <summary>Side A; null when there is no such file.</summary>
    public SideInput? Answer { get; }

    /// <summary>Side B.</summary>
    public SideInput? Originate { get; }

    /// <summary>What to call with the bytes of a recording that have been loaded, after both have been looked through.</summary>
    public Action<long> Progress(SideInput input) => input.Side == RecordedSide.Answer
        ? bytes => _progress(_bothLength + bytes)
        : bytes => _progress(_bothLength + _answerLength + bytes);

    /// <summary>Recordings whose clocks have nothing in common are laid upon each other.</summary>
    private static double OffsetBetween(RecordingSurvey? answer, RecordingSurvey? originate, Complaints complaints)
    {
        if (answer?.Arrivals is not { Start: { } answerStart } a || originate?.Arrivals is not { Start: { } originateStart } b)
        {
            return 0;
        }

        double gap = Math.Max(answerStart - b.End, originateStart - a.End);
        if (gap <= LargestGapSeconds)
        {
            return 0;
        }

        complaints.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"the recordings are {gap / 3_600:F1} hours apart, taken to begin together"));
        return answerStart - originateStart;
    }
}
