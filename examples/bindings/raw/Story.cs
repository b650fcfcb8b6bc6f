// The getting-started story through the raw layer generated from api.json.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

public static class Story {
    static readonly byte[] Clinic = Utf8("1234567893"), Password = Utf8("correct horse battery"),
                           Document = Utf8("A pharmacy prior approval."), Operator = Utf8("story"),
                           Petra = Utf8("petra.prior");
    static readonly SortedDictionary<string, byte[]> Pins = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);

    static byte[] Utf8(string text) { return Encoding.UTF8.GetBytes(text); }
    static byte[] Z(string text) { return Encoding.UTF8.GetBytes(text + "\0"); }
    static UIntPtr Len(byte[] bytes) { return (UIntPtr)bytes.Length; }
    static string Text(IntPtr text) { return Marshal.PtrToStringAnsi(text); }
    static string Name(int status) { return Text(Raw.nct_status_name(status)); }
    static void Ok(int status) { if (status != Raw.NCT_OK) throw new Exception(Name(status)); }

    static IntPtr Form(IntPtr portal, long kind) {
        IntPtr form;
        Ok(Raw.nct_form_new(portal, (int)kind, out form));
        return form;
    }

    static void Fill(IntPtr form, params string[] fields) {
        for (int i = 0; i < fields.Length; i += 2)
            Ok(Raw.nct_form_set(form, Z(fields[i]), Utf8(fields[i + 1]), Len(Utf8(fields[i + 1]))));
    }

    static void Person(IntPtr form, string prefix, string ncid, string first, string last) {
        Fill(form, prefix + "ncid", ncid, prefix + "first_name", first, prefix + "last_name", last,
             prefix + "email", first.ToLowerInvariant() + "@example.org", prefix + "phone", "919-555-0101");
    }

    static void Read(IntPtr mail) {
        string pin = Text(Raw.nct_mail_parameter(mail, Z("pin")));
        if (pin != null) Pins[Text(Raw.nct_mail_parameter(mail, Z("ncid")))] = Utf8(pin);
    }

    // Takes every mail that waits; no function is called back.
    static void Collect(IntPtr portal) {
        IntPtr mail;
        byte[] after = new byte[0];
        while (Raw.nct_mail_claim(portal, after, Len(after), out mail) == (int)Raw.NCT_OK) {
            Read(mail);
            after = Utf8(Text(Raw.nct_mail_id(mail)));
            Ok(Raw.nct_mail_accept(mail));
            Raw.nct_mail_free(mail);
        }
    }

    static void Register(IntPtr portal) {
        IntPtr problems, form = Form(portal, Raw.NCT_FORM_REGISTRATION);
        IntPtr enrollment = Form(portal, Raw.NCT_FORM_ENROLLMENT);
        Console.WriteLine("registration without fields: " + Name(Raw.nct_form_validate(form, out problems)));
        Raw.nct_problems_free(problems);
        Fill(enrollment, "provider.npi", "1234567893", "provider.kind", "organization",
             "provider.name", "Elm Street Clinic", "provider.tax_id", "12-3456789", "provider.email",
             "office@example.org", "provider.phone", "919-555-0100");
        var code = new byte[64];
        Ok(Raw.nct_enrollment_submit(enrollment, Operator, Len(Operator), code, Len(code), out problems));
        Raw.nct_form_free(enrollment);
        Person(form, "office_administrator.", "olivia.owner", "Olivia", "Owner");
        Person(form, "users[0].", "frank.front", "Frank", "Front");
        Fill(form, "provider.npi", "1234567893", "provider.authorization_code",
             Encoding.UTF8.GetString(code).TrimEnd('\0'), "office_administrator.relationship", "owner",
             "eft.routing_number", "123456780", "eft.account_number", "000123456789", "eft.account_type", "checking",
             "eft.account_holder", "Elm Street Clinic", "users[0].rights", "eligibility.inquiry");
        Ok(Raw.nct_registration_submit(form, out problems));
        Raw.nct_form_free(form);
        Collect(portal);
        Console.WriteLine("enrolled, and registered with two people");
        Console.WriteLine("PINs: " + string.Join(", ", Pins.Keys));
    }

    static void Ask(IntPtr portal) {
        byte[] frank = Utf8("frank.front");
        var rights = new[] { Tuple.Create("eligibility.inquiry", Raw.NCT_RIGHT_ELIGIBILITY_INQUIRY),
                             Tuple.Create("claim.submit", Raw.NCT_RIGHT_CLAIM_SUBMIT) };
        foreach (var right in rights)
            Console.WriteLine("frank.front " + right.Item1 + ": " +
                              Name(Raw.nct_access_check(portal, Clinic, Len(Clinic), frank, Len(frank), (int)right.Item2)));
        IntPtr why;
        Ok(Raw.nct_access_explain(portal, Clinic, Len(Clinic), frank, Len(frank), (int)Raw.NCT_RIGHT_CLAIM_SUBMIT, out why));
        Console.WriteLine(Text(Raw.nct_explanation_text(why)));
        Raw.nct_explanation_free(why);
    }

    static string Sign(IntPtr portal, byte[] pin, string kind, out IntPtr signature) {
        IntPtr problems, form = Form(portal, Raw.NCT_FORM_SIGNING);
        Fill(form, "signer.ncid", "petra.prior", "signer.password", "correct horse battery",
             "signer.pin", Encoding.UTF8.GetString(pin), "provider.npi", "1234567893", "submission.kind", kind,
             "document.id", "PA-1", "document.version", "1", "document.content", "A pharmacy prior approval.",
             "attestation.version", "example-1", "attestation.text", "I certify that this is true.");
        int status = Raw.nct_sign(form, out problems, out signature);
        Raw.nct_form_free(form);
        return Name(status);
    }

    static string Try(IntPtr portal, byte[] pin, string kind) {
        IntPtr signature;
        string outcome = Sign(portal, pin, kind, out signature);
        Raw.nct_signature_free(signature);
        return outcome;
    }

    static void Verify(IntPtr portal, IntPtr signature) {
        Console.WriteLine("{0} ({1}) as {2}: {3}", Text(Raw.nct_signature_signer_name(signature)),
                          Text(Raw.nct_signature_ncid(signature)), Text(Raw.nct_signature_role(signature)),
                          Text(Raw.nct_signature_meaning(signature)));
        var keys = new byte[1024];
        UIntPtr keysLen, receiptLen;
        Ok(Raw.nct_portal_key_set(portal, keys, Len(keys), out keysLen));
        IntPtr bytes = Raw.nct_signature_receipt(signature, out receiptLen), read;
        var receipt = new byte[(int)receiptLen];
        Marshal.Copy(bytes, receipt, 0, receipt.Length);
        foreach (var document in new[] { Document, Utf8("another") }) {
            int status = Raw.nct_receipt_verify(receipt, receiptLen, keys, keysLen, document, Len(document), out read);
            Console.WriteLine((document == Document ? "receipt: " : "receipt with another document: ") + Name(status));
            Raw.nct_signature_free(read);
        }
        Raw.nct_signature_free(signature);
    }

    static void BindAll() {
        foreach (var method in typeof(Raw).GetMethods().Where(m => m.IsStatic))
            Marshal.Prelink(method);
    }

    public static void Main() {
        BindAll();
        int kind;
        IntPtr problems, signature;
        Ok(Raw.nct_ident_kind_from_name(Z("npi"), out kind));
        Console.WriteLine("npi 1234567890: " + Name(Raw.nct_ident_check(kind, Utf8("1234567890"), (UIntPtr)10)));
        IntPtr portal;
        Ok(Raw.nct_portal_open_in_memory(out portal));
        Register(portal);
        Ask(portal);
        IntPtr user = Form(portal, Raw.NCT_FORM_USER);
        Person(user, "", "petra.prior", "Petra", "Prior");
        Fill(user, "rights", "pa.submit");
        byte[] olivia = Utf8("olivia.owner");
        Ok(Raw.nct_user_add(user, olivia, Len(olivia), Clinic, Len(Clinic), out problems));
        Raw.nct_form_free(user);
        Ok(Raw.nct_password_set(portal, Operator, Len(Operator), Petra, Len(Petra), Password, Len(Password)));
        Collect(portal);
        byte[] pin = Pins["petra.prior"], wrong = (byte[])pin.Clone();
        wrong[wrong.Length - 1] = (byte)(wrong[wrong.Length - 1] == '0' ? '1' : '0');
        Console.WriteLine("petra.prior with a wrong PIN: " + Try(portal, wrong, "pharmacy_pa"));
        Console.WriteLine("petra.prior enrollment: " + Try(portal, pin, "enrollment"));
        Console.WriteLine("petra.prior pharmacy_pa: " + Sign(portal, pin, "pharmacy_pa", out signature));
        Verify(portal, signature);
        Ok(Raw.nct_pin_reset(portal, Petra, Len(Petra), Password, Len(Password)));
        Collect(portal);
        Console.WriteLine("the PIN before the reset: " + Try(portal, pin, "pharmacy_pa"));
        Console.WriteLine("the PIN after it: " + Try(portal, Pins["petra.prior"], "pharmacy_pa"));
        Raw.nct_portal_close(portal);
    }
}
