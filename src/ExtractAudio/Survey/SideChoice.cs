using System.Globalization;

namespace RtpProxy.ExtractAudio.Survey;

/// <summary>Which streams of a capture are side A and which side B.</summary>
/// <remarks>
/// Where one capture is given for both sides and no address is, who is heard first is A: the callee, who knows where to send
/// before the caller does.
/// </remarks>
internal sealed class SideChoice
{
    private const int MaxListed = 20;

    private readonly SourceAddress? _answer;
    private readonly SourceAddress? _originate;
    private readonly bool _isOneCapture;

    /// <param name="answer">The sender of side A, if the user named it.</param>
    /// <param name="originate">That of side B.</param>
    /// <param name="oneCapture">The survey of a capture that was given for both sides; else null.</param>
    public SideChoice(SourceAddress? answer, SourceAddress? originate, RecordingSurvey? oneCapture)
    {
        _answer = answer;
        _originate = originate;
        _isOneCapture = oneCapture is not null;
        if (_isOneCapture && answer is null && originate is null
            && oneCapture?.Flows.Flows.FirstOrDefault(facts => !facts.IsCopy) is { } first)
        {
            _answer = SourceAddress.Of(first.Flow.Source);
        }
    }

    /// <summary>Whether packets between two addresses are of a side.</summary>
    public bool Includes(RecordedSide side, RecordingSurvey survey, Flow flow)
    {
        SourceAddress? own = side == RecordedSide.Answer ? _answer : _originate;
        SourceAddress? other = side == RecordedSide.Answer ? _originate : _answer;
        bool isChosen = own is { } wanted ? wanted.Matches(flow.Source)
            : !_isOneCapture || other is not { } foreign || !foreign.Matches(flow.Source);
        return isChosen && (own is not null || !survey.Flows.AreParallel || survey.Flows.Find(flow) is not { IsCopy: true });
    }

    /// <summary>Lines for people about a capture of several streams; none for any other file.</summary>
    public IEnumerable<string> Describe(string path, RecordingSurvey survey, params RecordedSide[] sides)
    {
        if (!survey.IsCapture || !survey.Flows.AreParallel)
        {
            yield break;
        }

        IReadOnlyList<FlowFacts> flows = survey.Flows.Flows;
        yield return string.Create(CultureInfo.InvariantCulture, $"{path}: {flows.Count} streams");
        foreach (FlowFacts facts in flows.Take(MaxListed))
        {
            string use = string.Join(", ", sides.Where(side => Includes(side, survey, facts.Flow))
                .Select(side => side == RecordedSide.Answer ? "side A" : "side B"));
            string left = facts.IsCopy ? "the same once more, left out" : "left out";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"  {facts.Flow}, ssrc={facts.FirstSsrc}, {facts.Packets} packets: {(use.Length > 0 ? use : left)}");
        }

        if (_answer is null && _originate is null)
        {
            yield return "  --from-a ADDRESS[:PORT] and --from-b choose by sender; with one capture for -A and -B the first is A";
        }
    }
}
