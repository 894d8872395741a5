namespace RtpProxy.Io.Posix.Keeping;

/// <summary>Which slots of an extent are in use; what its worker knows of it, outside the memory.</summary>
internal sealed class SlotExtent(int number, int slotClass)
{
    private readonly int _slots = SlotLayout.SlotsOfClass[slotClass];
    private UInt128 _used;

    public int Number => number;

    public int Class => slotClass;

    public int Used { get; private set; }

    public bool IsFull => Used == _slots;

    public bool Has(int slot) => (_used >> slot & 1) != 0;

    /// <summary>One that is free, which is in use from now on. Only if not full.</summary>
    public int Take()
    {
        int slot = (int)UInt128.TrailingZeroCount(~_used);
        Take(slot);
        return slot;
    }

    public void Take(int slot)
    {
        _used |= UInt128.One << slot;
        Used++;
    }

    public void Free(int slot)
    {
        _used &= ~(UInt128.One << slot);
        Used--;
    }
}
