using Billing.Customers.Accounts;

namespace Billing.Portal.Pages.Portal;

/// <summary>A contact as it is typed.</summary>
internal sealed class ContactForm
{
    public string Name { get; set; } = "";

    public string? Email { get; set; }

    public string? Phone { get; set; }

    public bool GetsTheBill { get; set; }

    /// <summary>The version that was read; 0 for a new contact.</summary>
    public int Version { get; set; }

    public Contact ToContact() => new(Name, Email, Phone, GetsTheBill);

    public static ContactForm Of(Contact contact, int version) => new() { Name = contact.Name, Email = contact.Email, Phone = contact.Phone, GetsTheBill = contact.IsInvoiceRecipient, Version = version };

    /// <summary>The member of this form that a field of a contact is.</summary>
    public static string MemberOf(string? field) => field switch
    {
        "contactName" => "Form.Name",
        "email" => "Form.Email",
        "phone" => "Form.Phone",
        _ => "",
    };
}
