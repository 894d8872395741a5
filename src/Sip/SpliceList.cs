namespace RtpProxy.Sip;

/// <summary>
/// Changes to one text, collected in any order and applied at the end, so that whatever is not named stays as it was,
/// byte for byte.
/// </summary>
/// <remarks>
/// Several insertions at one place come out in the order in which they were added; an insertion at the start of a
/// replaced place comes before the replacement. Two changes must not overlap. Not thread-safe.
/// </remarks>
public sealed class SpliceList
{
    private readonly List<Splice> _splices = [];

    /// <summary>The changes in the order of their places.</summary>
    public IReadOnlyList<Splice> Splices => _splices;

    public bool IsEmpty => _splices.Count == 0;

    /// <exception cref="ArgumentException">The place overlaps one that is changed already.</exception>
    public void Replace(TextSpan where, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int index = _splices.Count;
        while (index > 0 && IsBefore(where, _splices[index - 1].Where))
        {
            index--;
        }

        if ((index > 0 && _splices[index - 1].Where.End > where.Start)
            || (index < _splices.Count && _splices[index].Where.Start < where.End))
        {
            throw new ArgumentException("The place overlaps one that is changed already.", nameof(where));
        }

        _splices.Insert(index, new Splice(where, text));
    }

    /// <exception cref="ArgumentException">The position is inside a place that is changed already.</exception>
    public void Insert(int position, string text) => Replace(new TextSpan(position, 0), text);

    /// <exception cref="ArgumentException">The place overlaps one that is changed already.</exception>
    public void Remove(TextSpan where) => Replace(where, "");

    /// <exception cref="ArgumentException">A place overlaps one that is changed already.</exception>
    public void AddRange(IEnumerable<Splice> splices)
    {
        ArgumentNullException.ThrowIfNull(splices);
        foreach (Splice splice in splices)
        {
            Replace(splice.Where, splice.Text);
        }
    }

    /// <summary>
    /// By how many characters the changes inside <paramref name="place"/> (ends included) lengthen it.
    /// </summary>
    public int LengthChangeIn(TextSpan place)
    {
        int change = 0;
        foreach (Splice splice in _splices)
        {
            change += place.Contains(splice.Where) ? splice.Text.Length - splice.Where.Length : 0;
        }

        return change;
    }

    /// <summary>The text with all changes made.</summary>
    /// <exception cref="ArgumentException">A change lies outside <paramref name="original"/>.</exception>
    public string ApplyTo(string original)
    {
        ArgumentNullException.ThrowIfNull(original);
        if (_splices.Count == 0)
        {
            return original;
        }

        if (_splices[^1].Where.End > original.Length)
        {
            throw new ArgumentException("A change lies behind the end of the text.", nameof(original));
        }

        int length = original.Length;
        foreach (Splice splice in _splices)
        {
            length += splice.Text.Length - splice.Where.Length;
        }

        return string.Create(length, (original, _splices), static (target, change) =>
        {
            int copied = 0;
            foreach (Splice splice in change._splices)
            {
                Append(change.original.AsSpan(copied, splice.Where.Start - copied), ref target);
                Append(splice.Text, ref target);
                copied = splice.Where.End;
            }

            Append(change.original.AsSpan(copied), ref target);
        });
    }

    private static void Append(ReadOnlySpan<char> text, ref Span<char> target)
    {
        text.CopyTo(target);
        target = target[text.Length..];
    }

    // An insertion goes behind others at the same place, but before a replacement that starts there.
    private static bool IsBefore(TextSpan added, TextSpan present) =>
        added.Start < present.Start || (added.Start == present.Start && added.IsEmpty && !present.IsEmpty);
}
